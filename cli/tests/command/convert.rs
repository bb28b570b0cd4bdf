//! What `convert` prints, and what it says about it.

use super::world::World;

const OLD: &str = "apiVersion: networking.k8s.io/v1beta1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
  - http:
      paths:
      - backend: {serviceName: shop, servicePort: 80}
";

#[test]
fn one_object_is_printed_in_the_best_version() {
    let ended = World::new().stdin(OLD).run(["convert", "-"]);
    let expected = "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
  - http:
      paths:
      - backend:
          service:
            name: shop
            port:
              number: 80
        pathType: ImplementationSpecific
";
    assert_eq!((ended.code, ended.stdout.as_str()), (0, expected));
    assert!(ended.stderr.contains("note[convert/default-differs]"), "{}", ended.stderr);
    let plain = World::new().stdin(OLD).run(["convert", "--no-defaults", "-"]);
    assert!(!plain.stdout.contains("pathType") && plain.stderr.contains("warning["), "{}", plain.stderr);
    let json = World::new().stdin(OLD).run(["convert", "-o", "json", "--to", "extensions/v1beta1", "-"]);
    assert!(json.stdout.contains(r#""apiVersion": "extensions/v1beta1""#), "{}", json.stdout);
}

#[test]
fn what_has_no_conversion_is_printed_as_it_is_and_reported() {
    let text = format!(
        "{OLD}---\napiVersion: policy/v1beta1\nkind: PodSecurityPolicy\n---\napiVersion: v1\nkind: Pod\n"
    );
    let ended = World::new().stdin(text).run(["convert", "-"]);
    assert_eq!(ended.code, 1);
    assert!(
        ended.stdout.starts_with("apiVersion: v1\nitems:\n") && ended.stdout.contains("PodSecurityPolicy")
    );
    assert!(ended.stderr.contains("error[schema/removed-api]"), "{}", ended.stderr);
    assert_eq!(World::new().stdin("kind: [").run(["convert", "-"]).code, 2);
    let bad = World::new().run(["convert", "--to", "a/b/c", "-"]);
    assert!(bad.code == 2 && bad.stderr.contains("is no group and version"), "{}", bad.stderr);
}
