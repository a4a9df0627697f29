//! What many follow and one looks at: a look a second at each event that somebody follows, none at the others.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use parking_lot::Mutex;
use tokio::sync::watch;

use super::Live;
use crate::base::db::DbResult;
use crate::base::kernel::id::EventId;

/// The pause between two looks: what happens anywhere is seen within two seconds.
const PAUSE: Duration = Duration::from_secs(1);
/// A look that takes long is followed by a pause of so many times that, so that following costs a process a tenth of
/// one connection however large an event is.
const RESTS: u32 = 10;
const LONGEST_PAUSE: Duration = Duration::from_secs(30);
/// No look takes longer.
const PATIENCE: Duration = Duration::from_secs(5);

/// The newest that is known, from the first look on. Ends when there is nothing to look at any more.
pub type News<T> = watch::Receiver<Option<Arc<T>>>;

type Open<T> = Arc<Mutex<HashMap<EventId, watch::Sender<Option<Arc<T>>>>>>;

/// What is followed in this process, by event.
pub struct Feeds<T> {
    live: Live,
    open: Open<T>,
}

impl<T> Clone for Feeds<T> {
    fn clone(&self) -> Self {
        Self { live: self.live.clone(), open: self.open.clone() }
    }
}

impl<T: PartialEq + Send + Sync + 'static> Feeds<T> {
    pub fn new(live: Live) -> Self {
        Self { live, open: Arc::default() }
    }

    /// Follows an event: `look` finds how it stands, or `None` when it is gone. Of those who follow one event the first
    /// brings the look that serves all.
    pub fn follow<F, L>(&self, event: EventId, look: L) -> News<T>
    where
        L: Fn() -> F + Send + Sync + 'static,
        F: Future<Output = DbResult<Option<T>>> + Send + 'static,
    {
        let mut open = self.open.lock();
        if let Some(sender) = open.get(&event) {
            let mut news = sender.subscribe();
            // What is known already is news to who comes now.
            if news.borrow().is_some() {
                news.mark_changed();
            }
            return news;
        }
        let (sender, news) = watch::channel(None);
        open.insert(event, sender.clone());
        tokio::spawn(keep_looking(self.clone(), event, sender, look));
        news
    }
}

async fn keep_looking<T, F, L>(
    feeds: Feeds<T>,
    event: EventId,
    sender: watch::Sender<Option<Arc<T>>>,
    look: L,
) where
    T: PartialEq + Send + Sync + 'static,
    L: Fn() -> F + Send + Sync + 'static,
    F: Future<Output = DbResult<Option<T>>> + Send + 'static,
{
    let inner = feeds.live.0.clone();
    loop {
        let turn = inner.turns.acquire().await;
        let since = Instant::now();
        let found = tokio::time::timeout(PATIENCE, look()).await;
        drop(turn);
        match found {
            Ok(Ok(Some(now))) => tell(&sender, now),
            Ok(Ok(None)) => break,
            Ok(Err(error)) => tracing::warn!(%event, %error, "followed figures cannot be read"),
            Err(_) => tracing::warn!(%event, "followed figures take too long to read"),
        }
        let pause = (since.elapsed() * RESTS).clamp(PAUSE, LONGEST_PAUSE);
        tokio::select! {
            () = inner.stop.cancelled() => break,
            () = tokio::time::sleep(pause) => {}
        }
        // Under the lock: nobody begins to follow what is being left.
        let mut open = feeds.open.lock();
        if sender.receiver_count() == 0 {
            open.remove(&event);
            return;
        }
    }
    feeds.open.lock().remove(&event);
}

/// Only what is different is news.
fn tell<T: PartialEq>(sender: &watch::Sender<Option<Arc<T>>>, now: T) {
    sender.send_if_modified(|known| {
        let same = known.as_deref() == Some(&now);
        if !same {
            *known = Some(Arc::new(now));
        }
        !same
    });
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicU32, Ordering};

    use chrono::DateTime;

    use super::*;
    use crate::base::kernel::id::OrganizationNumber;

    fn event() -> EventId {
        EventId::new(DateTime::UNIX_EPOCH, OrganizationNumber(1))
    }

    #[tokio::test(start_paused = true)]
    async fn many_follow_one_look_and_nobody_none() {
        let feeds: Feeds<u32> = Feeds::new(Live::default());
        let looks = Arc::new(AtomicU32::new(0));
        let follow = || {
            let looks = looks.clone();
            feeds.follow(event(), move || {
                let looks = looks.clone();
                // Two looks find the same.
                async move { Ok(Some(looks.fetch_add(1, Ordering::Relaxed) / 2)) }
            })
        };
        let mut all: Vec<_> = (0..50).map(|_| follow()).collect();
        for news in &mut all {
            news.changed().await.unwrap();
        }
        assert_eq!((looks.load(Ordering::Relaxed), all[0].borrow().as_deref().copied()), (1, Some(0)));
        // Who comes later knows at once.
        let mut late = follow();
        late.changed().await.unwrap();
        assert_eq!(late.borrow_and_update().as_deref(), Some(&0));
        late.changed().await.unwrap();
        assert_eq!(looks.load(Ordering::Relaxed), 3, "the second look was no news");
        drop((all, late));
        tokio::time::sleep(PAUSE * 3).await;
        let then = looks.load(Ordering::Relaxed);
        tokio::time::sleep(PAUSE * 10).await;
        assert_eq!(looks.load(Ordering::Relaxed), then, "nobody follows, nobody looks");
        assert!(feeds.open.lock().is_empty());
    }

    #[tokio::test(start_paused = true)]
    async fn what_is_gone_ends_and_what_costs_much_is_looked_at_less() {
        let feeds: Feeds<u32> = Feeds::new(Live::default());
        let mut news = feeds.follow(event(), || async { Ok(None) });
        assert!(news.changed().await.is_err());
        assert!(feeds.open.lock().is_empty());
        feeds.live.close();
        let mut news = feeds.follow(event(), || async { Ok(Some(1)) });
        news.changed().await.unwrap();
        assert!(news.changed().await.is_err(), "ends with the process");
    }
}
