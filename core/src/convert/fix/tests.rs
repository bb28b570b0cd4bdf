//! Edits of text: what changes, what stays, and where none is offered.

use super::*;
use crate::finding::Edit;

/// The text after the fix of its first object, when there is one.
fn fixed(text: &str) -> Option<String> {
    let reading = read::text(text, &read::Options::named("x.yaml"));
    let fix = fix(&reading.objects[0], KubeVersion::NEWEST)?;
    let offset = |position: Position| {
        let line = text.split_inclusive('\n').take(position.line as usize - 1).map(str::len).sum::<usize>();
        let (_, rest) = text.split_at(line);
        line + rest.char_indices().nth(position.column as usize - 1).map_or(rest.len(), |(at, _)| at)
    };
    let mut fixed = text.to_owned();
    for Edit { start, end, text } in fix.edits.iter().rev() {
        fixed.replace_range(offset(*start)..offset(*end), text);
    }
    Some(fixed)
}

#[test]
fn only_the_version_changes_where_nothing_else_does() {
    for (old, new) in [
        ("apiVersion: 'batch/v1beta1'\nkind: CronJob # ä\n", "apiVersion: 'batch/v1'\nkind: CronJob # ä\n"),
        (
            "# é\nkind:   StorageClass\napiVersion:  \"storage.k8s.io/v1beta1\"  # old\nprovisioner: x\n",
            "# é\nkind:   StorageClass\napiVersion:  \"storage.k8s.io/v1\"  # old\nprovisioner: x\n",
        ),
        (
            "{\"kind\": \"CronJob\", \"apiVersion\": \"batch/v1beta1\"}",
            "{\"kind\": \"CronJob\", \"apiVersion\": \"batch/v1\"}",
        ),
        (
            "kind: List\napiVersion: v1\nitems:\n- kind: CronJob\n  apiVersion: batch/v1beta1\n  spec:\n    suspend: true\n",
            "kind: List\napiVersion: v1\nitems:\n- kind: CronJob\n  apiVersion: batch/v1\n  spec:\n    suspend: true\n",
        ),
    ] {
        assert_eq!(fixed(old).as_deref(), Some(new), "{old}");
    }
}

#[test]
fn an_ingress_keeps_its_comments_and_lines() {
    let old = "\
apiVersion: extensions/v1beta1
kind: Ingress
metadata:
  name: shop # the shop
spec:
  backend:
    serviceName: rest
    servicePort: http
  rules:
  - host: shop.example
    http:
      paths:
      # everything
      - path: /
        backend: # where to
          servicePort: 80 # plain
          serviceName: \"shop\"
      - backend:
          serviceName: admin

          servicePort: admin
        path: /admin
        pathType: Prefix
";
    let new = "\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop # the shop
spec:
  defaultBackend:
    service:
      name: rest
      port:
        name: http
  rules:
  - host: shop.example
    http:
      paths:
      # everything
      - path: /
        pathType: ImplementationSpecific
        backend: # where to
          service:
            port:
              number: 80 # plain
            name: \"shop\"
      - backend:
          service:
            name: admin

            port:
              name: admin
        path: /admin
        pathType: Prefix
";
    assert_eq!(fixed(old).as_deref(), Some(new));
    let windows = |text: &str| text.replace('\n', "\r\n");
    assert_eq!(fixed(&windows(old)), Some(windows(new)));
}

#[test]
fn nothing_is_offered_where_it_is_not_certain() {
    for text in [
        // Current, unknown, without conversion.
        "apiVersion: batch/v1\nkind: CronJob\n",
        "apiVersion: example.com/v1\nkind: Widget\n",
        "apiVersion: autoscaling/v2beta2\nkind: HorizontalPodAutoscaler\n",
        // Means something else, or lives on in other words.
        "apiVersion: extensions/v1beta1\nkind: Deployment\nspec: {template: {metadata: {labels: {a: b}}}}\n",
        "apiVersion: policy/v1beta1\nkind: PodDisruptionBudget\nspec: {selector: {}}\n",
        "apiVersion: apiextensions.k8s.io/v1beta1\nkind: CustomResourceDefinition\n",
        // Flow style.
        "apiVersion: networking.k8s.io/v1beta1\nkind: Ingress\nspec:\n  backend: {serviceName: a, servicePort: 80}\n",
    ] {
        assert_eq!(fixed(text), None, "{text}");
    }
}
