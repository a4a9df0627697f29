//! Pages of lists.

/// The largest count that is told exactly; beyond it a list says `count_capped`.
pub const COUNT_CAP: i64 = 1_000;
/// How many rows a page has unless asked otherwise.
pub const DEFAULT_SIZE: u32 = 50;
/// How many rows a page may have.
pub const LARGEST_SIZE: u32 = 100;

/// The last page that may be asked for: nobody reads so far, and each page costs the rows before it.
pub const LAST_PAGE: u32 = 10_000;

/// The last page that may be asked for by number where a cursor leads further: 10,000 rows at most are passed over.
pub const LAST_NEAR_PAGE: u32 = 100;

/// A page of a list, numbered from 1.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct PageRequest {
    pub number: u32,
    pub size: u32,
}

impl Default for PageRequest {
    fn default() -> Self {
        Self { number: 1, size: DEFAULT_SIZE }
    }
}

impl PageRequest {
    pub fn limit(self) -> i64 {
        i64::from(self.size)
    }

    pub fn offset(self) -> i64 {
        i64::from(self.number - 1) * i64::from(self.size)
    }
}

/// Rows of one page with the count over all pages, counted up to [`COUNT_CAP`].
#[derive(Clone, Debug)]
pub struct Page<T> {
    pub rows: Vec<T>,
    pub count: i64,
    pub request: PageRequest,
}

impl<T> Page<T> {
    /// `count` is what was counted with a limit of `COUNT_CAP + 1`.
    pub fn new(rows: Vec<T>, count: i64, request: PageRequest) -> Self {
        Self { rows, count, request }
    }

    pub fn count_capped(&self) -> bool {
        self.count > COUNT_CAP
    }

    pub fn has_next(&self) -> bool {
        self.count > self.request.offset() + self.request.limit()
            || (self.count_capped() && self.rows.len() == self.request.size as usize)
    }
}
