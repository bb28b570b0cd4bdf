
rm -f "$problem"
if [ "$collected" -eq 0 ]; then
    rm -f "$coverage.part"
    printf '%s\n' "nothing could be read: see the messages above" >&2
    exit 1
fi
mv "$coverage.part" "$coverage" || exit 1

version=$("$kubectl" version "$@" 2>/dev/null | sed -n 's/^Server Version: v\([0-9]*\.[0-9]*\).*/\1/p')
printf '%s\n' "$collected lists in $folder, $refused refused" >&2
printf '%s\n' "ask with: kubelogic @PURPOSE@ ... -f $folder --bootstrap never${version:+ --kube-version $version}" >&2
