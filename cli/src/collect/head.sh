#!/bin/sh
# Dumps from a cluster what `kubelogic @PURPOSE@` needs, and records in coverage.yaml what the server refused.
#
#   sh collect.sh [FOLDER [KUBECTL FLAGS]]      sh collect.sh dump --context production
#
# Only `kubectl get` and `kubectl version` are called. KUBECTL names another kubectl.
set -u

folder=${1:-kubelogic-dump}
[ $# -gt 0 ] && shift
kubectl=${KUBECTL:-kubectl}
collected=0
refused=0

mkdir -p "$folder" || exit 1
coverage=$folder/coverage.yaml
problem=$folder/.problem
rm -f "$coverage"

line() {
    printf '%s\n' "$1" >>"$coverage.part"
}

# declare GROUP KIND NAMESPACE STATE [REASON]
declare_state() {
    line "- kind: $2"
    [ -n "$1" ] && line "  group: $1"
    [ -n "$3" ] && line "  namespace: $3"
    line "  state: $4"
    if [ -n "${5:-}" ]; then
        # One line, in single quotes as YAML wants them.
        line "  reason: '$(printf '%s' "$5" | head -n 1 | tr -d '\000-\037\177' | sed "s/'/''/g")'"
    fi
}

# dump GROUP KIND RESOURCE NAMESPACE FLAGS...
dump() {
    group=$1 kind=$2 resource=$3 namespace=$4
    shift 4
    file=$folder/$resource.json
    rm -f "$file"
    printf '%s\n' "kubectl get $resource" >&2
    if "$kubectl" get "$resource" "$@" -o json >"$file.part" 2>"$problem"; then
        mv "$file.part" "$file" || exit 1
        collected=$((collected + 1))
        declare_state "$group" "$kind" "$namespace" complete
    else
        rm -f "$file.part"
        refused=$((refused + 1))
        declare_state "$group" "$kind" "$namespace" absent "$(cat "$problem")"
        sed 's/^/  /' "$problem" >&2
    fi
}

: >"$coverage.part" || exit 1
line 'apiVersion: kubelogic/v1alpha1'
line 'kind: Coverage'
# Whatever is not listed below was not asked for.
line 'default: absent'
line 'coverage:'

