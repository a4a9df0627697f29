//! The list of providers: one file and one line each.

mod door;
mod sandbox;

use std::sync::Arc;

pub use door::DOOR;

use super::provider::Provider;
use super::sandbox::Sandbox;

/// The providers of this installation.
#[derive(Clone)]
pub struct Registry(Arc<[Arc<dyn Provider>]>);

/// What each provider needs, from the configuration.
pub fn providers(sandbox: Sandbox) -> Registry {
    let sandbox = Arc::new(sandbox::SandboxProvider::new(sandbox)) as Arc<dyn Provider>;
    Registry::new([sandbox, Arc::new(door::DoorProvider)])
}

impl Registry {
    /// These providers, in the order in which they are offered.
    pub fn new(providers: impl IntoIterator<Item = Arc<dyn Provider>>) -> Self {
        Self(providers.into_iter().collect())
    }

    /// The provider of this name.
    pub fn get(&self, id: &str) -> Option<&Arc<dyn Provider>> {
        self.0.iter().find(|provider| provider.id() == id)
    }

    /// The names of those that a buyer may choose for a test order, or for a real one, in the order in which they are
    /// offered.
    pub fn offered(&self, test: bool) -> Vec<&'static str> {
        self.0.iter().filter(|provider| provider.is_offered(test)).map(|provider| provider.id()).collect()
    }
}
