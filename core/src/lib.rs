//! What every part of kubelogic stands on: reading manifests, objects, schema data and cluster state.
