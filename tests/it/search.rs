//! The words of a search: three languages, however they are written, mistyped ones, and how they are counted.

use chrono::Duration;
use serde_json::{Value, json};

use crate::catalogue::{encoded, found, names, published, superuser};
use crate::support::app::TestApp;
use crate::support::{eventually, run};

const FR: &str = "Exposition des œuvres d’été";
const EN: &str = "Running workshops for painters";
const AR: &str = "مهرجان الموسيقى الأندلسية";
const FETE: &str = "Fête de l’Œil — Straße";

/// What is typed, and what it finds.
const WORDS: &[(&str, &[&str])] = &[
    // Accents, ligatures, capitals, and what is written apart.
    ("ŒUVRES", &[FR]),
    ("oeuvre ete", &[FR]),
    ("é\u{301}te\u{301}", &[FR]),
    ("saint etienne", &[FR]),
    ("Saint-Étienne", &[FR]),
    ("strasse", &[FETE]),
    ("l'oeil", &[FETE]),
    // Beginnings of words, in any order.
    ("etienne expo", &[FR]),
    ("aqua", &[FR]),
    // Plurals and endings.
    ("musee", &[FR]),
    ("cheval", &[FR]),
    ("workshop", &[EN]),
    ("painter runs", &[EN]),
    ("brush", &[EN]),
    // Small words make no difference, unless there is nothing else.
    ("les oeuvres de la ville", &[]),
    ("les oeuvres de l'ete", &[FR]),
    ("the workshops for the painters", &[EN]),
    // Alef, hamza, ta marbuta, alef maqsura, tatweel, vowel signs, the article.
    ("موسيقى", &[AR]),
    ("موسيقي", &[AR]),
    ("الاندلسيه", &[AR]),
    ("أندلسية", &[AR]),
    ("مـهـرجـان", &[AR]),
    ("مُهْرَجَان", &[AR]),
    ("المهرجانات", &[AR]),
    ("مدرسه", &[AR]),
    ("مدارسة القديمه", &[]),
    ("الجزاير", &[AR]),
    ("طفل", &[]),
    ("اطفال", &[AR]),
    // The kind of event in every language, and the organizer.
    ("ausstellung", &[]),
    ("exhibition brushes", &[EN]),
    ("exposition brushes", &[EN]),
    ("معرض تراث", &[AR]),
    // Nothing to look for.
    ("!!! ---", &[]),
];

#[test]
fn words_are_found_in_three_languages_however_they_are_written() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        for (name, language, city, description, themes) in [
            (FR, "fr", "Saint-Étienne", "Les **musées** ouvrent leurs chevaux.", "aquarelle"),
            (EN, "en", "Edinburgh", "Bring your own brushes; children welcome.", "craft"),
            (AR, "ar", "الجزائر", "حفلات في المدرسة القديمة مع أطفال المدينة", "تراث"),
            (FETE, "fr", "Strasbourg", "", ""),
        ] {
            let members = json!({ "name": name, "language": language, "city": city, "description": description,
                "themes": [themes], "category": "exhibition" });
            published(app, &owner, members).await;
        }
        for (search, expected) in WORDS {
            let answer = found(app, &owner, &format!("exact=true&search={}", encoded(search))).await;
            assert_eq!(names(&answer), *expected, "{search:?}");
            assert_eq!(answer["count"], expected.len(), "{search:?}");
        }
        let all = found(app, &owner, &format!("search={}", encoded(&owner.slug.replace('-', " ")))).await;
        assert_eq!(all.results().len(), 4, "the organizer's name finds all");
        // Whatever is typed, it is words.
        for odd in [
            "'",
            "\\",
            "a:*b",
            "& | !",
            "<->",
            "'; DROP TABLE",
            "a'b\\c",
            "🎉",
            "ﷺ",
            "x".repeat(200).as_str(),
        ] {
            found(app, &owner, &format!("search={}", encoded(odd))).await;
        }
    });
}

#[test]
fn names_weigh_more_than_places_and_places_more_than_descriptions() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let begins = app.clock.now() + Duration::days(9);
        for (n, (name, city, description)) in [
            ("Elsewhere", "Oran", "The quixotherm is explained."),
            ("At the place", "Quixotherm", "."),
            ("Quixothermobile evenings", "Oran", "."),
            ("A quixotherm", "Oran", "."),
            ("Another quixotherm", "Oran", "."),
        ]
        .into_iter()
        .enumerate()
        {
            // Those that fit worst come first in time; of the two last, the second does.
            let hours = if n == 4 { 2 } else { i64::try_from(n).unwrap() };
            let start = begins + Duration::hours(hours);
            let members = json!({ "name": name, "city": city, "description": description, "language": "en",
                "start_date": start, "end_date": start + Duration::hours(1) });
            published(app, &owner, members).await;
        }
        let best =
            ["Another quixotherm", "A quixotherm", "Quixothermobile evenings", "At the place", "Elsewhere"];
        assert_eq!(names(&found(app, &owner, "search=quixotherm").await), best);
        let soonest = found(app, &owner, "search=quixotherm&ordering=start_date").await;
        assert_eq!(names(&soonest)[..2], ["Elsewhere", "At the place"]);
    });
}

#[test]
fn mistakes_are_put_right_and_told() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let concert =
            published(&app, &owner, json!({ "name": "Concert de violoncelle", "language": "fr" })).await;
        published(&app, &owner, json!({ "name": "Bal du jeudi", "language": "fr" })).await;
        published(&app, &owner, json!({ "name": "معرض الخط العربي", "language": "ar" })).await;
        for (search, corrected) in [
            ("concrt", Some("concert")),
            ("cnocert", Some("concert")),
            ("Violonselle", Some("violoncelle")),
            ("concert violoncele", None),
            ("concert violonxelle", Some("concert violoncelle")),
            // Two neighbours crossed in a short word leave little that looks like it.
            ("juedi", Some("jeudi")),
            ("jedui", Some("jeudi")),
            ("معرظ", Some("معرض")),
            ("عربى", None),
            ("concerts", None),
            ("zzzzzz", None),
            ("2027", None),
        ] {
            let answer = found(&app, &owner, &format!("search={}", encoded(search))).await;
            assert_eq!(answer["corrected"].as_str(), corrected, "{search}");
            if corrected.is_some() {
                assert_eq!(answer["count"], 1, "{search}");
                let exact = found(&app, &owner, &format!("exact=true&search={}", encoded(search))).await;
                assert_eq!((&exact["corrected"], &exact["count"]), (&Value::Null, &json!(0)), "{search}");
            }
        }
        // The page says so, and leads to what was typed.
        let page = app.browser().get("/?search=concrt").await.expect(200);
        let page = page
            .says("Results for “concert”.")
            .says("Search “concrt” instead")
            .says("Concert de violoncelle");
        assert!(page.html().contains("search=concrt&amp;exact=on"), "{}", page.html());
        app.browser()
            .get("/?search=concrt&exact=on")
            .await
            .expect(200)
            .says("Nothing found")
            .says_not("Results for");
        // Nobody is led to what is no longer shown.
        let path = format!("/api/events/{}", concert.id);
        owner.client.patch(&path, json!({ "visibility": "private" })).await.expect(200);
        eventually("the word is forgotten", || async {
            let answer = found(&app, &owner, "search=concrt").await;
            (answer["corrected"].is_null() && answer["count"] == 0).then_some(())
        })
        .await;
    });
}

#[test]
fn the_words_are_counted_as_events_come_change_and_go() {
    run(async {
        // The new name of the organization reaches its listings by a job.
        let app = TestApp::own(|config| config.jobs.workers = 0).await;
        let owner = app.owner_without_mail().await;
        let mut connection = superuser(&app).await;
        let first =
            published(&app, &owner, json!({ "name": "Bal masqué", "description": "Un bal, un vrai." })).await;
        let second = published(&app, &owner, json!({ "name": "Bal des pompiers", "themes": ["feu"] })).await;
        let path = format!("/api/events/{}", first.id);
        owner.client.patch(&path, json!({ "name": "Bal costumé", "city": "Tlemcen" })).await.expect(200);
        let organization = format!("/api/organizations/{}", owner.organization);
        owner.client.patch(&organization, json!({ "name": "Les Pompiers de Bourges" })).await.expect(200);
        let path = format!("/api/events/{}", second.id);
        owner.client.patch(&path, json!({ "visibility": "private" })).await.expect(200);
        app.run_jobs().await;
        let counted = "SELECT count(*) FROM
            (SELECT term, listings::bigint FROM platform.listing_term
             EXCEPT SELECT term, count(*) FROM platform.listing l, unnest(platform.listing_terms(l)) AS term GROUP BY term) x";
        let missing = "SELECT count(*) FROM
            (SELECT term, count(*) FROM platform.listing l, unnest(platform.listing_terms(l)) AS term GROUP BY term
             EXCEPT SELECT term, listings FROM platform.listing_term) x";
        for wrong in [counted, missing] {
            let wrong: i64 = sqlx::query_scalar(wrong).fetch_one(&mut connection).await.unwrap();
            assert_eq!(wrong, 0);
        }
        let terms: Vec<String> = sqlx::query_scalar("SELECT term FROM platform.listing_term ORDER BY 1")
            .fetch_all(&mut connection)
            .await
            .unwrap();
        for (term, there) in [
            ("bal", true),
            ("costume", true),
            ("tlemcen", true),
            ("pompiers", true),
            ("masque", false),
            ("feu", false),
        ] {
            assert_eq!(terms.iter().any(|known| known == term), there, "{term}");
        }
        // The organizer's new name finds the event.
        assert_eq!(found(&app, &owner, "search=pompiers").await["count"], 1);
    });
}

#[test]
fn publications_with_the_same_words_never_wait_in_a_circle() {
    run(async {
        let app = TestApp::own(|config| config.database.pool = 20).await;
        let mut drafts = Vec::new();
        for n in 0..4 {
            let owner = app.owner().await;
            for m in 0..3 {
                let words =
                    ["alpha bravo charlie delta", "delta charlie bravo alpha", "charlie alpha delta bravo"];
                let event =
                    app.event(&owner).ticket_type("1.00", 9).with("name", words[(n + m) % 3]).draft().await;
                drafts.push((owner.clone(), event));
            }
        }
        for round in ["publish", "draft"] {
            let writes = drafts.iter().map(async |(owner, event)| {
                let path = format!("/api/events/{}", event.id);
                if round == "publish" {
                    owner.client.post(&format!("{path}/publish"), json!({})).await.expect(200);
                } else {
                    owner.client.patch(&path, json!({ "visibility": "private" })).await.expect(200);
                }
            });
            futures_util::future::join_all(writes).await;
            let mut connection = superuser(&app).await;
            let alpha: Option<i32> =
                sqlx::query_scalar("SELECT listings FROM platform.listing_term WHERE term = 'alpha'")
                    .fetch_optional(&mut connection)
                    .await
                    .unwrap();
            assert_eq!(alpha, (round == "publish").then_some(12), "{round}");
        }
    });
}
