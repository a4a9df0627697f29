//! The `Idempotency-Key` that every write may carry.

use poem::{Request, RequestBody};
use poem_openapi::registry::{MetaParamIn, MetaSchema, MetaSchemaRef};
use poem_openapi::{ApiExtractor, ApiExtractorType, ExtractParamOptions};

use super::problem::Problem;
use crate::base::db::IdempotencyKey;
use crate::base::kernel::id::AccountId;
use crate::base::kernel::secret::Keyring;

/// How long a key may be.
const LONGEST: usize = 200;

/// The key of a write, if the client sent one. Method and path say which write it is.
pub struct Key(Option<Sent>);

struct Sent {
    keyring: Keyring,
    operation: String,
    key: String,
}

impl Key {
    /// The key for a write of this account (none is a guest) with this body.
    pub fn of(&self, account: impl Into<Option<AccountId>>, body: &[u8]) -> Option<IdempotencyKey> {
        let sent = self.0.as_ref()?;
        Some(IdempotencyKey::new(&sent.keyring, &sent.operation, account.into(), &sent.key, body))
    }

    /// What the client sent.
    pub fn text(&self) -> Option<&str> {
        self.0.as_ref().map(|sent| sent.key.as_str())
    }
}

impl<'a> ApiExtractor<'a> for Key {
    const TYPES: &'static [ApiExtractorType] = &[ApiExtractorType::Parameter];
    type ParamType = ();
    type ParamRawType = ();

    fn param_in() -> Option<MetaParamIn> {
        Some(MetaParamIn::Header)
    }

    fn param_schema_ref() -> Option<MetaSchemaRef> {
        let schema =
            MetaSchema { min_length: Some(1), max_length: Some(LONGEST), ..MetaSchema::new("string") };
        Some(MetaSchemaRef::Inline(Box::new(schema)))
    }

    async fn from_request(
        request: &'a Request,
        _: &mut RequestBody,
        options: ExtractParamOptions<()>,
    ) -> poem::Result<Self> {
        let Some(value) = request.headers().get(options.name) else { return Ok(Self(None)) };
        let key = value.to_str().ok().filter(|key| (1..=LONGEST).contains(&key.len()));
        let key = key.ok_or_else(|| Problem::field(options.name, "unreadable"))?.to_owned();
        let keyring = request.data::<Keyring>().ok_or_else(Problem::unavailable)?.clone();
        let operation =
            format!("{} {}", request.method(), request.original_uri().path().trim_end_matches('/'));
        Ok(Self(Some(Sent { keyring, operation, key })))
    }
}
