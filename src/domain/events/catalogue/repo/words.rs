//! SQL of words: how the index writes them, and which look alike.

use super::super::words::{Candidate, Word, crossed};
use crate::base::db::{DbResult, PlatformTx};

/// How many look-alikes of a word are compared with it.
const MOST_ALIKE: i64 = 40;

/// The words of a search as the index writes them, in their order.
pub(in super::super) async fn words(tx: &mut PlatformTx, typed: &[String]) -> DbResult<Vec<Word>> {
    let mut rows = sqlx::query_as!(
        Word,
        r#"SELECT t.typed AS "typed!", w.word AS "folded!", platform.stems(w.word) AS "stems!: Vec<String>",
               EXISTS (SELECT FROM platform.listing_term
                   WHERE term >= w.word AND term < w.word || U&'\+10FFFF') AS "known!"
           FROM unnest($1::text[]) WITH ORDINALITY AS t (typed, n),
               unnest(string_to_array(platform.letters(t.typed), ' ')) WITH ORDINALITY AS w (word, m)
           WHERE w.word <> '' ORDER BY t.n, w.m"#,
        typed
    )
    .fetch_all(tx.conn())
    .await?;
    rows.truncate(super::super::words::MOST_WORDS);
    Ok(rows)
}

/// Whether a live listing has the word, if only by its stem.
pub(in super::super) async fn is_found(tx: &mut PlatformTx, question: &str) -> DbResult<bool> {
    let found = sqlx::query_scalar!(
        // Materialized, it is looked for by the words; a word that no statistics know would be taken for a common
        // one and looked for along the dates.
        r#"WITH hit AS MATERIALIZED (SELECT 1 FROM platform.listing WHERE live AND words @@ $1::text::tsquery)
           SELECT EXISTS (SELECT FROM hit) AS "found!""#,
        question
    )
    .fetch_one(tx.conn())
    .await?;
    Ok(found)
}

/// Words of the listings that look like this one, in any order: those with two letters crossed where there are any, for
/// that is looked up, or the likest, with an Arabic article or without.
pub(in super::super) async fn alike(tx: &mut PlatformTx, word: &str) -> DbResult<Vec<Candidate>> {
    let rows = sqlx::query_as!(
        Candidate,
        r#"WITH crossed AS MATERIALIZED (SELECT term, listings FROM platform.listing_term WHERE term = ANY ($3)),
           alike AS (
             SELECT term, listings FROM platform.listing_term
             WHERE NOT EXISTS (SELECT FROM crossed)
               AND (term OPERATOR(ext.%) $1 OR ($1 ~ '^[\u0621-\u064a]' AND term OPERATOR(ext.%) ('ال' || $1)))
               AND length(term) BETWEEN length($1) - 3 AND length($1) + 5
             ORDER BY ext.similarity(term, $1) DESC, listings DESC, term LIMIT $2)
           SELECT term AS "term!", listings AS "listings!" FROM crossed UNION ALL SELECT term, listings FROM alike"#,
        word,
        MOST_ALIKE,
        &crossed(word)
    )
    .fetch_all(tx.conn())
    .await?;
    Ok(rows)
}
