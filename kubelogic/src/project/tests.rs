//! Project files that are read, and what is wrong with the others.

use kubelogic_core::read;

use super::*;

const HEAD: &str = "apiVersion: kubelogic/v1alpha1\nkind: Project\n";

fn project(text: &str) -> Result<Project, Vec<String>> {
    let reading = read::text(text, &read::Options::named("kubelogic.yaml"));
    let findings = Project::read(&reading.objects[0]);
    findings.map_err(|findings| {
        findings.iter().map(|one| one.to_string().replace("kubelogic.yaml:", "")).collect()
    })
}

#[test]
fn every_field_is_read_with_its_place() {
    let text = format!(
        "{HEAD}metadata: {{name: x}}\nkubeVersion: '1.36'\ndefaultNamespace: shop\ninputs: [manifests]\n\
         exclude: [vendor]\nbootstrap: never\nonDuplicate: last\ninvalid: drop\nvalidate: warn\nselect: [read]\n\
         ignore: [rbac/]\nfailOn: never\nbaseline: known.yaml\n"
    );
    let project = project(&text).unwrap();
    let version = project.kube_version.unwrap();
    assert_eq!(
        (version.value.version().unwrap().minor(), version.location.unwrap().to_string().as_str()),
        (36, "kubelogic.yaml:4:14")
    );
    assert_eq!(project.default_namespace.unwrap().value, "shop");
    assert_eq!(
        (project.inputs.unwrap().value, project.exclude.unwrap().value),
        (vec!["manifests".to_owned()], vec!["vendor".to_owned()])
    );
    assert_eq!(project.bootstrap.unwrap().value, BootstrapSetting::Never);
    assert_eq!(project.on_duplicate.unwrap().value, DuplicateSetting::Last);
    assert_eq!(project.invalid.unwrap().value, InvalidSetting::Drop);
    assert_eq!(project.validate.unwrap().value, ValidateSetting::Warn);
    assert_eq!(
        (project.select.unwrap().value, project.ignore.unwrap().value),
        (vec!["read".to_owned()], vec!["rbac/".to_owned()])
    );
    assert_eq!(project.fail_on.unwrap().value, FailOnSetting::Never);
    assert_eq!(project.baseline.unwrap().value, "known.yaml");
}

#[test]
fn what_is_wrong_is_said_at_its_place() {
    let cases = [
        (
            "kubeversion: '1.36'\n",
            "3:1: error[decode/unknown-field]: unknown field `kubeversion`, did you mean `kubeVersion`?",
        ),
        (
            "kubeVersion: 1.30\n",
            "3:14: error[decode/invalid-value]: `kubeVersion` must be a string: write the version in quotes",
        ),
        (
            "kubeVersion: '1.20'\n",
            "3:14: error[decode/invalid-value]: `kubeVersion` cannot be used: kubernetes version `1.20` is not supported, 1.29 to 1.37 are",
        ),
        (
            "failOn: warnings\n",
            "3:9: error[decode/invalid-value]: `failOn` must be `error`, `warning`, `note` or `never`, did you mean `warning`?",
        ),
        ("invalid: 3\n", "3:10: error[decode/invalid-value]: `invalid` must be `refuse` or `drop`"),
        ("ignore: rbac\n", "3:9: error[decode/wrong-kind]: `ignore` must be an array, not a string"),
    ];
    for (text, message) in cases {
        assert_eq!(project(&format!("{HEAD}{text}")).unwrap_err(), [message], "{text}");
    }
    assert_eq!(
        project("apiVersion: v1\nkind: Projekt\n").unwrap_err(),
        [
            "1:13: error[project/wrong-kind]: a project file has `apiVersion: kubelogic/v1alpha1`",
            "2:7: error[project/wrong-kind]: a project file has `kind: Project`",
        ]
    );
}
