#!/bin/sh
# Writes the pages of this folder again, from what the command prints.
#
#   sh docs/examples/refresh.sh KUBELOGIC CORPUS
#
# KUBELOGIC is the command (a release build, for the times), CORPUS a folder with the published manifests of
# kube-prometheus, argo-cd and online-boutique.
set -eu

[ $# -eq 2 ] || { sed -n '2,7p' "$0" >&2; exit 2; }
command=$(realpath "$1")
corpus=$(realpath "$2")
pages=$(realpath "$(dirname "$0")")
root=$(realpath "$pages/../..")

# page NAME TITLE FOLDER: starts a page; commands run in FOLDER.
page() {
    page=$pages/$1.md
    printf '# %s\n' "$2" >"$page"
    cd "$3"
}

say() {
    printf '\n%s\n' "$1" >>"$page"
}

# ask ARGUMENTS: a command with what it prints and how it ends. LINES limits what is shown.
ask() {
    shown=kubelogic
    for word in "$@"; do
        case $word in
        *'*'*) shown="$shown '$word'" ;;
        *) shown="$shown $word" ;;
        esac
    done
    code=0
    output=$("$command" "$@" 2>&1) || code=$?
    {
        printf '\n```console\n$ %s\n' "$shown"
        if [ -n "${LINES_SHOWN:-}" ] && [ "$(printf '%s\n' "$output" | wc -l)" -gt "$LINES_SHOWN" ]; then
            printf '%s\n' "$output" | head -n "$LINES_SHOWN"
            printf '... %s lines more\n' "$(($(printf '%s\n' "$output" | wc -l) - LINES_SHOWN))"
        elif [ -n "$output" ]; then
            printf '%s\n' "$output"
        fi
        [ "$code" -eq 0 ] || printf '$ echo $?\n%s\n' "$code"
        printf '```\n'
    } >>"$page"
}

page shop 'The shop: a small cluster of our own' "$root"
say 'The objects are in [examples/shop](../../examples/shop).'
say 'What was read:'
ask get -f examples/shop
say 'What is wrong with it:'
ask check examples/shop
say 'May the pipeline deploy, and why?'
ask can-i patch deployments -n shop --as system:serviceaccount:shop:ci -f examples/shop --explain
say 'May it delete?'
ask can-i delete deployments -n shop --as system:serviceaccount:shop:ci -f examples/shop --explain
say 'May Ann, who is in the group `storefront`, create secrets? The role `edit` is one that every cluster has.'
ask can-i create secrets -n shop --as ann --as-group storefront -f examples/shop --explain
say 'May Bo read logs everywhere? The rule comes from another role by aggregation.'
ask can-i get pods --subresource=log -A --as bo -f examples/shop --explain
say 'What do auditors get from a binding to a role that is gone?'
ask can-i list pods -n payments --as eve --as-group auditors -f examples/shop --explain
say 'Was the type misspelled?'
ask can-i get deploymets --as bo -f examples/shop
say 'Is everything as `expectations.yaml` says?'
ask expect -f examples/shop

page kube-prometheus 'kube-prometheus: a whole monitoring stack' "$corpus"
say 'The `manifests` folder of prometheus-operator/kube-prometheus.'
ask check kube-prometheus/manifests
ask get roles,rolebindings,clusterrolebindings,sa -f kube-prometheus/manifests
say 'Prometheus may look at pods in three namespaces, and at no secret:'
ask can-i list pods -n kube-system --as system:serviceaccount:monitoring:prometheus-k8s -f kube-prometheus/manifests --explain
ask can-i list pods -n shop --as system:serviceaccount:monitoring:prometheus-k8s -f kube-prometheus/manifests --explain
ask can-i get secrets -n monitoring --as system:serviceaccount:monitoring:prometheus-k8s -f kube-prometheus/manifests
say 'It scrapes nodes by a subresource:'
ask can-i get nodes --subresource=metrics -A --as system:serviceaccount:monitoring:prometheus-k8s -f kube-prometheus/manifests
say 'kube-state-metrics lists every secret of the cluster, which is worth knowing:'
ask can-i list secrets -A --as system:serviceaccount:monitoring:kube-state-metrics -f kube-prometheus/manifests --explain
say 'Its custom resource definitions are known types:'
ask can-i create prom -n monitoring --as system:serviceaccount:monitoring:prometheus-operator -f kube-prometheus/manifests

page argo-cd 'Argo CD: one large file' "$corpus"
say 'The file `manifests/ha/install.yaml` of argoproj/argo-cd, 2 MB with its custom resource definitions.'
say 'Its objects name no namespace, and its bindings name `argocd`: read as it stands, three accounts are not there.'
ask check argo-cd/ha-install.yaml
say 'It is meant for the namespace `argocd`:'
ask check argo-cd/ha-install.yaml --default-namespace argocd
LINES_SHOWN=12
ask get -f argo-cd/ha-install.yaml --default-namespace argocd
LINES_SHOWN=
say 'The application controller is as mighty as a cluster administrator:'
ask can-i '*' '*' -A --as system:serviceaccount:argocd:argocd-application-controller -f argo-cd/ha-install.yaml --default-namespace argocd --explain
say 'The server reads secrets one by one everywhere, and lists them in its own namespace only:'
ask can-i get secrets -n shop --as system:serviceaccount:argocd:argocd-server -f argo-cd/ha-install.yaml --default-namespace argocd
ask can-i list secrets -n shop --as system:serviceaccount:argocd:argocd-server -f argo-cd/ha-install.yaml --default-namespace argocd --explain
say 'Two installations in one folder are given twice:'
LINES_SHOWN=12
ask check argo-cd
LINES_SHOWN=

page online-boutique 'Online Boutique: twelve services' "$corpus"
say 'GoogleCloudPlatform/microservices-demo. There are no roles in it: whoever may do something has it from the cluster.'
ask check online-boutique
LINES_SHOWN=12
ask get deployments,services -f online-boutique/release
LINES_SHOWN=
ask can-i get secrets --as system:serviceaccount:default:frontend -f online-boutique/release --explain
ask can-i get /healthz --as system:serviceaccount:default:frontend -f online-boutique/release

# best FILE ARGUMENTS: the best of ten runs, in milliseconds.
best() {
    best=
    for _ in 1 2 3 4 5 6 7 8 9 10; do
        start=$(date +%s%N)
        "$command" "$@" >/dev/null 2>&1 || true
        took=$((($(date +%s%N) - start) / 10000))
        if [ -z "$best" ] || [ "$took" -lt "$best" ]; then best=$took; fi
    done
    printf '%d.%02d' $((best / 100)) $((best % 100))
}

# row INPUT CAN-I-ARGUMENTS: a line of the table of times.
row() {
    input=$1
    shift
    size=$(find -L "$input" -type f \( -name '*.yaml' -o -name '*.yml' -o -name '*.json' \) -exec cat {} + | wc -c)
    printf '| %s | %d KB | %s | %s | %s |\n' "$input" $((size / 1000)) \
        "$(best get -f "$input")" "$(best check "$input")" "$(best can-i "$@" -f "$input")"
}

page README 'What the command prints' "$root"
say 'Real output over real manifests, written by [refresh.sh](refresh.sh):'
{
    printf '\n'
    printf -- '- [shop](shop.md): a small cluster of our own, with explanations\n'
    printf -- '- [kube-prometheus](kube-prometheus.md): a whole monitoring stack\n'
    printf -- '- [Argo CD](argo-cd.md): one large file\n'
    printf -- '- [Online Boutique](online-boutique.md): twelve services\n'
    printf '\nVerdicts about the shop, kube-prometheus and Argo CD are compared with those of kubectl and the real authorizer in `cli/tests/command/kubectl.rs`.\n'
    printf '\n## Times\n\n'
    printf 'Milliseconds from start to end of the process, the best of ten runs (%s, %s cores).\n\n' "$(uname -m)" "$(nproc)"
    printf '| input | size | get | check | can-i |\n| --- | ---: | ---: | ---: | ---: |\n'
    row examples/shop patch deployments -n shop --as system:serviceaccount:shop:ci
    cd "$corpus"
    row kube-prometheus/manifests list pods -n kube-system --as system:serviceaccount:monitoring:prometheus-k8s
    row argo-cd/ha-install.yaml get secrets -n shop --as system:serviceaccount:argocd:argocd-server
    row online-boutique get secrets --as system:serviceaccount:default:frontend
    printf '\nStarting and ending alone (`--version`) takes %s ms.\n' "$(best --version)"
} >>"$page"
