//! Events, what they sell, and the public catalogue.
