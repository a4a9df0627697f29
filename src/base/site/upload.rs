//! A form that may bring a file, from members alone.

use poem::{FromRequest, Request, RequestBody};

use super::form::Form;
use super::visitor::Visit;
use crate::base::web::{Uploaded, is_multipart, read_parts};

/// A form with a file, from somebody who is logged in.
pub struct Upload {
    pub form: Form,
    pub file: Uploaded,
}

impl<'a> FromRequest<'a> for Upload {
    async fn from_request(request: &'a Request, body: &mut RequestBody) -> poem::Result<Self> {
        let visitor = Visit::of(request)?.visitor().await?;
        if !is_multipart(request) {
            let form = Form::from_request(request, body).await?;
            visitor.member()?;
            return Ok(Self { form, file: Uploaded::Nothing });
        }
        // The token stands before the file: nobody else's megabytes are read.
        let owned = |fields: &[(String, String)]| {
            Form::checked(fields.to_vec(), &visitor, request)?;
            visitor.member().map(|_| ())
        };
        let mut parts = read_parts(request, body, 1, owned).await?;
        let file = parts.files.pop().map_or(Uploaded::Nothing, |(_, file)| file);
        Ok(Self { form: Form::checked(parts.texts, &visitor, request)?, file })
    }
}
