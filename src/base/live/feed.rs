//! What many follow and one looks at: a look a second at each thing that somebody follows, none at the others.

use std::collections::HashMap;
use std::fmt::Debug;
use std::hash::Hash;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::{Notify, watch};

use super::Live;
use crate::base::db::DbResult;

/// The pause between two looks: what happens anywhere is seen within two seconds.
const PAUSE: Duration = Duration::from_millis(if cfg!(test) { 200 } else { 1_000 });
/// A look that takes long is followed by a pause of so many times that, so that following costs a process a tenth of
/// one connection however large an event is.
const RESTS: u32 = 10;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// No look takes longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// Whoever begins to follow is told soon, but looks that take long are not hurried more than this many times that.
const HURRY: Duration = Duration::from_millis(if cfg!(test) { 50 } else { 250 });
const HURRY_RESTS: u32 = 2;

/// How something stands, as the last look found it.
struct Known<T> {
    /// The same as before where nothing has changed.
    value: Option<Arc<T>>,
    /// Which look it was.
    look: u64,
}

/// What the followers of one thing share.
struct Feed<T> {
    sender: watch::Sender<Known<T>>,
    /// Looks that have begun.
    begun: AtomicU64,
    hurry: Notify,
}

/// What somebody is told.
pub struct News<T> {
    receiver: watch::Receiver<Known<T>>,
    /// What was looked up before is older than what the follower may have seen elsewhere.
    after: u64,
    last: Option<Arc<T>>,
}

impl<T> News<T> {
    /// How it stands, when it stands otherwise than was told before; `None` when there is nothing to follow any more.
    pub async fn next(&mut self) -> Option<Arc<T>> {
        loop {
            self.receiver.changed().await.ok()?;
            let known = self.receiver.borrow_and_update();
            let Some(value) = known.value.clone().filter(|_| known.look > self.after) else { continue };
            drop(known);
            if self.last.as_ref().is_some_and(|last| Arc::ptr_eq(last, &value)) {
                continue;
            }
            self.last = Some(value.clone());
            return Some(value);
        }
    }
}

type Open<K, T> = Arc<Mutex<HashMap<K, Arc<Feed<T>>>>>;

/// What tells apart what is followed: the id of an event, the number of an organization.
pub trait Followed: Copy + Eq + Hash + Debug + Send + Sync + 'static {}

impl<K: Copy + Eq + Hash + Debug + Send + Sync + 'static> Followed for K {}

/// What is followed in this process.
pub struct Feeds<K, T> {
    live: Live,
    open: Open<K, T>,
}

impl<K, T> Clone for Feeds<K, T> {
    fn clone(&self) -> Self {
        Self { live: self.live.clone(), open: self.open.clone() }
    }
}

impl<K: Followed, T: PartialEq + Send + Sync + 'static> Feeds<K, T> {
    pub fn new(live: Live) -> Self {
        Self { live, open: Arc::default() }
    }

    /// Follows something: `look` finds how it stands, or `None` when it is gone. Of those who follow one thing the first
    /// brings the look that serves all.
    pub fn follow<F, L>(&self, what: K, look: L) -> News<T>
    where
        L: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = DbResult<Option<T>>> + Send + 'static,
    {
        let mut open = self.open.lock();
        let feed = open.entry(what).or_insert_with(|| {
            let (sender, _) = watch::channel(Known { value: None, look: 0 });
            let feed = Arc::new(Feed { sender, begun: AtomicU64::new(0), hurry: Notify::new() });
            tokio::spawn(keep_looking(self.clone(), what, feed.clone(), look));
            feed
        });
        let news =
            News { receiver: feed.sender.subscribe(), after: feed.begun.load(Ordering::Acquire), last: None };
        feed.hurry.notify_one();
        news
    }
}

async fn keep_looking<K, T, F, L>(feeds: Feeds<K, T>, what: K, feed: Arc<Feed<T>>, look: L)
where
    K: Followed,
    T: PartialEq + Send + Sync + 'static,
    L: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = DbResult<Option<T>>> + Send + 'static,
{
    let inner = feeds.live.0.clone();
    // Also when a look panics: whoever follows next begins anew.
    let _left = Left { open: feeds.open.clone(), what, feed: feed.clone() };
    loop {
        let turn = inner.turns.acquire().await;
        let number = feed.begun.fetch_add(1, Ordering::AcqRel) + 1;
        let since = Instant::now();
        let found = tokio::time::timeout(PATIENCE, look()).await;
        drop(turn);
        match found {
            Ok(Ok(Some(now))) => tell(&feed.sender, now, number),
            Ok(Ok(None)) => break,
            Ok(Err(error)) => tracing::warn!(?what, %error, "followed figures cannot be read"),
            Err(_) => tracing::warn!(?what, "followed figures take too long to read"),
        }
        let took = since.elapsed();
        let hurried = async {
            tokio::time::sleep((took * HURRY_RESTS).max(HURRY)).await;
            feed.hurry.notified().await;
        };
        tokio::select! {
            () = inner.stop.cancelled() => break,
            () = hurried => {}
            () = tokio::time::sleep((took * RESTS).clamp(PAUSE, LONGEST_PAUSE)) => {}
        }
        // Under the lock: nobody begins to follow what is being left.
        let mut open = feeds.open.lock();
        if feed.sender.receiver_count() == 0 {
            open.remove(&what);
            return;
        }
    }
}

/// Takes the feed away when its looks end, and with it the last sender: who follows is told that it is over.
struct Left<K: Followed, T> {
    open: Open<K, T>,
    what: K,
    feed: Arc<Feed<T>>,
}

impl<K: Followed, T> Drop for Left<K, T> {
    fn drop(&mut self) {
        let mut open = self.open.lock();
        // Another may have begun in its place.
        if open.get(&self.what).is_some_and(|now| Arc::ptr_eq(now, &self.feed)) {
            open.remove(&self.what);
        }
    }
}

fn tell<T: PartialEq>(sender: &watch::Sender<Known<T>>, now: T, look: u64) {
    sender.send_modify(|known| {
        if known.value.as_deref() != Some(&now) {
            known.value = Some(Arc::new(now));
        }
        known.look = look;
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use chrono::DateTime;

    use super::*;
    use crate::base::kernel::id::{EventId, OrganizationNumber};

    fn event() -> EventId {
        EventId::new(DateTime::UNIX_EPOCH, OrganizationNumber(1))
    }

    #[tokio::test]
    async fn many_follow_one_look_and_nobody_none() {
        let (feeds, event): (Feeds<EventId, u32>, _) = (Feeds::new(Live::default()), event());
        let looks = Arc::new(AtomicU32::new(0));
        let follow = || {
            let looks = looks.clone();
            feeds.follow(event, move || {
                let looks = looks.clone();
                // Two looks find the same.
                async move { Ok(Some(looks.fetch_add(1, Ordering::Relaxed) / 2)) }
            })
        };
        let mut all: Vec<_> = (0..50).map(|_| follow()).collect();
        for news in &mut all {
            assert_eq!(news.next().await.as_deref(), Some(&0));
        }
        assert_eq!(looks.load(Ordering::Relaxed), 1);
        // Who comes later is told what is found after that, though it is no news to the others.
        let mut late = follow();
        assert_eq!(late.next().await.as_deref(), Some(&0));
        assert_eq!(looks.load(Ordering::Relaxed), 2, "what was known may be older than what they have seen");
        assert_eq!(all[0].next().await.as_deref(), Some(&1));
        assert_eq!(looks.load(Ordering::Relaxed), 3, "the second look was no news");
        drop((all, late));
        tokio::time::sleep(PAUSE * 3).await;
        let then = looks.load(Ordering::Relaxed);
        tokio::time::sleep(PAUSE * 10).await;
        assert_eq!(looks.load(Ordering::Relaxed), then, "nobody follows, nobody looks");
        assert!(feeds.open.lock().is_empty());
    }

    #[tokio::test]
    async fn those_who_come_in_crowds_do_not_hurry_looks() {
        let (feeds, event): (Feeds<EventId, u32>, _) = (Feeds::new(Live::default()), event());
        let looks = Arc::new(AtomicU32::new(0));
        let since = Instant::now();
        for _ in 0..200 {
            let looks = looks.clone();
            drop(feeds.follow(event, move || {
                let looks = looks.clone();
                async move { Ok(Some(looks.fetch_add(1, Ordering::Relaxed))) }
            }));
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
        let most = since.elapsed().as_millis() / HURRY.as_millis() + 2;
        assert!(u128::from(looks.load(Ordering::Relaxed)) <= most, "{looks:?} looks, {most} at most");
    }

    #[tokio::test]
    async fn a_look_that_panics_ends_its_feed_alone() {
        let (feeds, event): (Feeds<EventId, u32>, _) = (Feeds::new(Live::default()), event());
        let mut news = feeds.follow(event, || async { panic!("a look") });
        assert!(news.next().await.is_none());
        let mut news = feeds.follow(event, || async { Ok(Some(1)) });
        assert_eq!(news.next().await.as_deref(), Some(&1));
    }

    #[tokio::test]
    async fn what_is_gone_ends_as_does_the_process() {
        let feeds: Feeds<EventId, u32> = Feeds::new(Live::default());
        let mut news = feeds.follow(event(), || async { Ok(None) });
        assert!(news.next().await.is_none());
        tokio::time::sleep(PAUSE).await;
        assert!(feeds.open.lock().is_empty());
        feeds.live.close();
        let mut news = feeds.follow(event(), || async { Ok(Some(1)) });
        assert_eq!(news.next().await.as_deref(), Some(&1));
        assert!(news.next().await.is_none(), "ends with the process");
    }
}
