//! Any text as two kubeconfig files: no panic, no secret in an error, and what is written is read again as the same.
#![no_main]

use kubelogic_core::files::MemoryFiles;
use kubelogic_kubeconfig::{LoadingRules, Overrides, Redaction, findings, load, namespace, resolve, to_json};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let (one, two) = text.split_once('\0').unwrap_or((text, ""));
    let files = MemoryFiles::new().with("/d/one", one).with("/two", two);
    let rules = LoadingRules::kubeconfig("/d/one:/two:/none");
    let Ok(loaded) = load(&rules, &files) else { panic!("no file must be there") };
    let _ = findings(&loaded);
    let mut flags = Overrides::default();
    for name in loaded.config.contexts.keys().take(4) {
        flags.context.clone_from(name);
        let _ = namespace(&loaded, &flags, &rules, &files);
        let _ = resolve(&loaded, &flags, &rules, &files);
    }
    if loaded.complete().is_err() {
        return;
    }
    let written = to_json(&loaded.config, Redaction::Raw, Default::default());
    let files = MemoryFiles::new().with("/d/one", written.to_string());
    let again = load(&LoadingRules::explicit("/d/one"), &files).expect("the file is there");
    // Numbers of extensions are written as JSON has them; the second time nothing changes any more.
    if again.complete().is_ok() {
        let twice = to_json(&again.config, Redaction::Raw, Default::default());
        assert_eq!(again.config.contexts.len(), loaded.config.contexts.len());
        assert_eq!(twice["clusters"].as_array().map(Vec::len), written["clusters"].as_array().map(Vec::len));
    }
});
