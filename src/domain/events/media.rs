//! The pictures and documents of an event, each in a place of its own.
//!
//! A file's name begins with a code that no other file has: whatever is sent has an address of its own, which may be kept
//! for long, and nobody removes what somebody else shows again.

use futures_util::{StreamExt, TryStreamExt, stream};
use poem_openapi::Enum;

use super::jobs;
use super::model::{Event, Visibility};
use crate::base::files::Files;
use crate::base::identity::Entrance;
use crate::base::kernel::id::EventId;
use crate::base::kernel::random;
use crate::base::pictures::{Cut, Fit, pictures};
use crate::base::tenancy::TenantScope;
use crate::base::web::{ApiResult, Problem, Uploaded};

/// Where an event shows a file.
#[derive(Enum, Clone, Copy, PartialEq, Eq, Debug)]
#[oai(rename = "EventFile", rename_all = "snake_case")]
pub(super) enum Place {
    /// On its page and in the catalogue.
    Image,
    /// Beside its name.
    Logo,
    /// Above its page.
    Banner,
    /// A PDF.
    Programme,
    /// A PDF.
    Guide,
}

static IMAGE: [Cut; 2] = [
    Cut { file: "cover.jpg", width: 1600, height: 900, fit: Fit::Cover },
    Cut { file: "thumbnail.jpg", width: 640, height: 427, fit: Fit::Cover },
];
static LOGO: [Cut; 1] = [Cut { file: "logo.png", width: 512, height: 512, fit: Fit::Whole }];
static BANNER: [Cut; 1] = [Cut { file: "banner.jpg", width: 1920, height: 640, fit: Fit::Cover }];

impl Place {
    pub(super) const ALL: [Self; 5] = [Self::Image, Self::Logo, Self::Banner, Self::Programme, Self::Guide];

    pub(super) const fn code(self) -> &'static str {
        match self {
            Self::Image => "image",
            Self::Logo => "logo",
            Self::Banner => "banner",
            Self::Programme => "programme",
            Self::Guide => "guide",
        }
    }

    /// What the source documents call the form's field of the file.
    pub(super) const fn field(self) -> &'static str {
        match self {
            Self::Programme => "programme_file",
            Self::Guide => "guide_file",
            _ => self.code(),
        }
    }

    /// The field of the API that tells the file's address.
    pub(super) const fn address_field(self) -> &'static str {
        match self {
            Self::Image => "image_url",
            Self::Logo => "logo_url",
            Self::Banner => "banner_url",
            Self::Programme => "programme_file",
            Self::Guide => "guide_file",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.code() == code)
    }

    pub(super) fn of_field(field: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|place| place.field() == field)
    }

    pub(super) const fn is_picture(self) -> bool {
        matches!(self, Self::Image | Self::Logo | Self::Banner)
    }

    /// How the names of its files end, the one that is shown first.
    fn ends(self) -> Vec<&'static str> {
        match self {
            Self::Image => IMAGE.iter().map(|cut| cut.file).collect(),
            Self::Logo => LOGO.iter().map(|cut| cut.file).collect(),
            Self::Banner => BANNER.iter().map(|cut| cut.file).collect(),
            Self::Programme => vec!["programme.pdf"],
            Self::Guide => vec!["guide.pdf"],
        }
    }
}

/// What the names of an event's files begin with; empty is no file.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Media {
    pub(super) image: String,
    pub(super) logo: String,
    pub(super) banner: String,
    pub(super) programme: String,
    pub(super) guide: String,
}

impl Media {
    pub(super) fn name(&self, place: Place) -> &str {
        match place {
            Place::Image => &self.image,
            Place::Logo => &self.logo,
            Place::Banner => &self.banner,
            Place::Programme => &self.programme,
            Place::Guide => &self.guide,
        }
    }

    pub(super) fn set(&mut self, place: Place, name: String) {
        *match place {
            Place::Image => &mut self.image,
            Place::Logo => &mut self.logo,
            Place::Banner => &mut self.banner,
            Place::Programme => &mut self.programme,
            Place::Guide => &mut self.guide,
        } = name;
    }

    /// The files under which `event` keeps what it shows.
    pub(super) fn files(&self, event: EventId) -> Vec<String> {
        let all = Place::ALL.into_iter().filter(|place| !self.name(*place).is_empty());
        all.flat_map(|place| place.ends().into_iter().map(move |end| (place, end)))
            .map(|(place, end)| kept(event, self.name(place), end))
            .collect()
    }

    /// The file behind the last part of an address, if the event shows it.
    pub(super) fn file(&self, event: EventId, asked: &str) -> Option<String> {
        let wanted = format!("{}{asked}", folder(event));
        self.files(event).into_iter().find(|file| *file == wanted)
    }
}

/// Where an event's files lie.
fn folder(event: EventId) -> String {
    format!("events/{event}/")
}

fn kept(event: EventId, name: &str, end: &str) -> String {
    format!("{}{name}-{end}", folder(event))
}

/// The address of a file on the site; none when there is no file.
fn address(event: &Event, place: Place, end: &str) -> Option<String> {
    let name = Some(event.media.name(place)).filter(|name| !name.is_empty())?;
    let (id, root) = (event.id, if place.is_picture() { "images" } else { "documents" });
    Some(format!("/{root}/{id}/{name}-{end}"))
}

/// The address of the file that shows the most, for those who have a role in the event or when it is public.
pub(super) fn shown(event: &Event, place: Place) -> Option<String> {
    address(event, place, place.ends().first()?)
}

/// As [`shown`], for those who have the link of a private event.
pub(super) fn shown_by_link(event: &Event, place: Place) -> Option<String> {
    let address = shown(event, place)?;
    Some(match event.visibility {
        Visibility::Public => address,
        Visibility::Private => format!("{address}?link={}", event.link_secret),
    })
}

/// The address of the small image.
pub(super) fn thumbnail(event: &Event) -> Option<String> {
    address(event, Place::Image, "thumbnail.jpg")
}

/// How the answers of the API name files: by their public address, or by a signed link where strangers see none.
pub(super) struct Links<'a> {
    pub files: &'a Files,
    pub scope: &'a TenantScope,
    pub public_url: &'a str,
    pub now: chrono::DateTime<chrono::Utc>,
}

impl Links<'_> {
    pub(super) fn of(&self, event: &Event, place: Place) -> Option<String> {
        if event.is_known() && event.visibility == Visibility::Public {
            return shown(event, place).map(|address| format!("{}{address}", self.public_url));
        }
        let name = Some(event.media.name(place)).filter(|name| !name.is_empty())?;
        let file = kept(event.id, name, place.ends().first()?);
        Some(self.files.link(self.scope, &file, self.now + chrono::Duration::hours(1)))
    }
}

/// A file that was sent, checked and made ready.
#[derive(Debug)]
pub(super) struct Made {
    pub place: Place,
    pub name: String,
    files: Vec<(&'static str, Vec<u8>)>,
}

/// What a form brought for a place, made ready; what is wrong with it is told at `field`.
pub(super) async fn received(place: Place, file: Uploaded, field: &str) -> ApiResult<Made> {
    match file {
        Uploaded::Nothing => Err(Problem::field(field, "required")),
        Uploaded::TooLarge if place.is_picture() => Err(Problem::field(field, "image_size")),
        Uploaded::TooLarge => Err(Problem::field(field, "pdf_size")),
        Uploaded::File(bytes) => made(place, bytes, field).await,
    }
}

/// Checks what was sent for a place by its content; what is wrong is told at `field`.
async fn made(place: Place, bytes: Vec<u8>, field: &str) -> ApiResult<Made> {
    let cut = match place {
        Place::Image => pictures(bytes, field, &IMAGE).await?,
        Place::Logo => pictures(bytes, field, &LOGO).await?,
        Place::Banner => pictures(bytes, field, &BANNER).await?,
        Place::Programme | Place::Guide => vec![document(bytes, field)?],
    };
    let name = random::code::<20>().to_lowercase();
    Ok(Made { place, name, files: place.ends().into_iter().zip(cut).collect() })
}

/// A PDF as it came: it is shown by readers, never opened here.
fn document(bytes: Vec<u8>, field: &str) -> ApiResult<Vec<u8>> {
    // At the very beginning: what has something before it may be read as something else by somebody else.
    let is_pdf = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes).starts_with(b"%PDF-");
    // Every file ends with this mark (ISO 32000-1, 7.5.5); one that was cut off on the way lacks it.
    let tail = bytes.get(bytes.len().saturating_sub(1024)..).unwrap_or_default();
    match (is_pdf, tail.windows(5).any(|mark| mark == b"%%EOF")) {
        (true, true) => Ok(bytes),
        (true, false) => Err(Problem::field(field, "pdf_broken")),
        (false, _) => Err(Problem::field(field, "pdf_kind")),
    }
}

/// Keeps the files under the organization; the event shows them once it is stored. If it never is, they are swept.
pub(super) async fn keep(
    entrance: &Entrance,
    files: &Files,
    scope: &TenantScope,
    event: EventId,
    made: Vec<Made>,
) -> ApiResult<()> {
    if made.is_empty() {
        return Ok(());
    }
    let mut tx = entrance.tenant(scope).await?;
    jobs::plan_sweep(&mut tx).await?;
    tx.commit().await?;
    for made in made {
        for (end, bytes) in made.files {
            files.put(scope, &kept(event, &made.name, end), bytes).await?;
        }
    }
    Ok(())
}

/// How many files are copied at once.
const COPIES: usize = 8;

/// Gives other events copies of what the event shows. Those that are never stored have theirs swept.
pub(super) async fn copy(
    entrance: &Entrance,
    files: &Files,
    scope: &TenantScope,
    event: &Event,
    others: &[EventId],
) -> ApiResult<()> {
    let shown = event.media.files(event.id);
    if shown.is_empty() {
        return Ok(());
    }
    let mut tx = entrance.tenant(scope).await?;
    jobs::plan_sweep(&mut tx).await?;
    tx.commit().await?;
    let own = folder(event.id);
    let mut copies = Vec::with_capacity(others.len() * shown.len());
    for other in others {
        for file in &shown {
            let copy = format!("{}{}", folder(*other), file.strip_prefix(&own).unwrap_or(file));
            let (files, scope, file) = (files.clone(), scope.clone(), file.clone());
            copies.push(async move { files.copy(&scope, &file, &copy).await });
        }
    }
    stream::iter(copies).buffer_unordered(COPIES).try_collect::<()>().await?;
    Ok(())
}

/// Forgets the files that the event showed before and shows no more. What stays behind by a failure is swept later.
pub(super) async fn forget(
    files: &Files,
    scope: &TenantScope,
    event: EventId,
    before: &Media,
    after: &Media,
) {
    let shown = after.files(event);
    for file in before.files(event).into_iter().filter(|file| !shown.contains(file)) {
        if let Err(error) = files.remove(scope, &file).await {
            tracing::warn!(%error, %event, "an old file stays");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::kernel::id::OrganizationNumber;

    #[test]
    fn an_address_names_a_file_of_its_own_event_alone() {
        let event = EventId::new(chrono::DateTime::UNIX_EPOCH, OrganizationNumber(1));
        let mut media = Media::default();
        media.set(Place::Image, "abc".into());
        media.set(Place::Guide, "def".into());
        assert!(media.file(event, "abc-cover.jpg").is_some() && media.file(event, "def-guide.pdf").is_some());
        let others = [
            "abc-cover.png",
            "abd-cover.jpg",
            "../abc-cover.jpg",
            "abc-logo.png",
            "-logo.png",
            "def-programme.pdf",
        ];
        for other in others {
            assert_eq!(media.file(event, other), None, "{other}");
        }
        assert_eq!(media.files(event).len(), 3);
    }

    #[test]
    fn a_document_is_told_by_its_content() {
        let code =
            |bytes: &[u8]| document(bytes.to_vec(), "guide_file").err().map(|problem| format!("{problem:?}"));
        assert!(code(b"%PDF-1.7\n...\nstartxref\n0\n%%EOF\n").is_none());
        assert!(code(b"%PDF-1.7\n... and then nothing").unwrap().contains("pdf_broken"));
        assert!(code(b"\x89PNG\r\n\x1a\n %%EOF").unwrap().contains("pdf_kind"));
        assert!(code(b"<script></script>%PDF-1.7\n%%EOF\n").unwrap().contains("pdf_kind"));
        assert!(code(b"").unwrap().contains("pdf_kind"));
    }
}
