//! What other sites and programs read: cards, structured data, feeds, calendars, sitemaps; and what they never see.

use chrono::{DateTime, Duration};
use icalendar::{Calendar, CalendarComponent, Component};
use roxmltree::Document;
use serde_json::{Value, json};

use crate::catalogue::{encoded, published, superuser};
use crate::support::app::TestApp;
use crate::support::client::Answer;
use crate::support::{eventually, run};

fn body(answer: &Answer) -> String {
    String::from_utf8(answer.bytes.clone()).unwrap()
}

/// The texts of all elements with this name.
fn texts(xml: &str, name: &str) -> Vec<String> {
    let document = Document::parse(xml).unwrap_or_else(|error| panic!("{error}: {xml}"));
    let named =
        document.descendants().filter(|node| node.has_tag_name(name) || node.tag_name().name() == name);
    named.filter_map(|node| node.text()).map(str::to_owned).collect()
}

/// The events of a calendar, by name.
fn entries(ics: &str) -> Vec<icalendar::Event> {
    let calendar: Calendar = ics.parse().unwrap_or_else(|error| panic!("{error}: {ics}"));
    let event = |component: &CalendarComponent| component.as_event().cloned();
    calendar.components.iter().filter_map(event).collect()
}

fn summaries(ics: &str) -> Vec<String> {
    entries(ics).iter().map(|event| event.get_summary().unwrap_or_default().to_owned()).collect()
}

/// The structured data of a page.
fn structured(html: &str) -> Value {
    let (_, rest) = html.split_once("<script type=\"application/ld+json\">").expect("no structured data");
    serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
}

#[test]
fn names_that_mean_harm_are_names_everywhere() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let name = "</script><script>alert(1)</script> ]]> & \"q\" 'x' <!--";
        let members = json!({ "name": name, "description": "<img src=x onerror=alert(2)> & co", "city": "<b>&",
            "location": "\"><svg onload=alert(3)>", "themes": ["</script>"] });
        let event = published(app, &owner, members).await;
        let html = app.browser().get(&format!("/events/{}", event.slug)).await.expect(200).html();
        let data = structured(&html);
        assert_eq!(data["name"], name);
        assert_eq!(data["location"]["name"], "\"><svg onload=alert(3)>");
        for list in [
            format!("/o/{}", owner.slug),
            format!("/?search={}", encoded(name)),
            format!("/?city={}", encoded("<b>&")),
        ] {
            let html = app.browser().get(&list).await.expect(200).html();
            assert!(
                !html.contains("<script>alert") && !html.contains("<svg onload") && !html.contains("<b>&"),
                "{list}"
            );
        }
        assert!(!html.contains("<script>alert") && !html.contains("<svg onload"), "{html}");
        let rss = body(&app.client().get(&format!("/o/{}/events.rss", owner.slug)).await.expect(200));
        let titles = texts(&rss, "title");
        assert_eq!(titles[1], name);
        // What readers take for HTML has no element of anybody's making.
        let description = texts(&rss, "description").pop().unwrap();
        assert!(!description.contains('<'), "{description}");
        let ics = body(&app.client().get(&format!("/o/{}/events.ics", owner.slug)).await.expect(200));
        assert_eq!(summaries(&ics), [name]);
        assert_eq!(ics.matches("BEGIN:VEVENT").count(), 1);
    });
}

#[test]
fn an_event_tells_search_engines_all_they_ask_for() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let start = "2027-07-01T20:00:00+02:00";
        let members = json!({ "name": "Nuit d’été", "description": "Sous les **étoiles**.", "city": "Bourges",
            "location": "Palais Jacques-Cœur", "latitude": 47.0844, "longitude": 2.3917, "timezone": "Europe/Paris",
            "start_date": start, "end_date": "2027-07-01T23:00:00+02:00", "category": "concert", "language": "fr" });
        let event = published(app, &owner, members).await;
        let address = format!("{}/events/{}", app.app.entrance.public_url, event.slug);
        let html = app.browser().get(&format!("/events/{}", event.slug)).await.expect(200).html();
        let data = structured(&html);
        for (member, expected) in [
            ("/@type", json!("Event")),
            ("/url", json!(address)),
            ("/startDate", json!(start)),
            ("/eventStatus", json!("https://schema.org/EventScheduled")),
            ("/description", json!("Sous les étoiles.")),
            ("/location/address/addressLocality", json!("Bourges")),
            ("/location/geo/latitude", json!(47.0844)),
            ("/organizer/url", json!(format!("{}/o/{}", app.app.entrance.public_url, owner.slug))),
            ("/offers/0/price", json!("10.00")),
            ("/offers/0/priceCurrency", json!("EUR")),
            ("/offers/0/availability", json!("https://schema.org/InStock")),
        ] {
            assert_eq!(data.pointer(member), Some(&expected), "{member}");
        }
        let attribute = |tag: &str| {
            let at = html.find(tag).unwrap_or_else(|| panic!("no {tag}"));
            let rest = &html[at + tag.len()..];
            rest[..rest.find('"').unwrap()].replace("&#x2f;", "/")
        };
        assert_eq!(attribute("rel=\"canonical\" href=\""), address);
        assert_eq!(attribute("hreflang=\"x-default\" href=\""), address);
        assert_eq!(attribute("hreflang=\"ar\" href=\""), format!("{address}?lang=ar"));
        assert_eq!(attribute("property=\"og:title\" content=\""), "Nuit d’été");
        assert_eq!(attribute("name=\"twitter:card\" content=\""), "summary");
        let french = app.browser().get(&format!("/events/{}?lang=fr", event.slug)).await.expect(200).html();
        assert!(
            french.replace("&#x2f;", "/").contains(&format!("rel=\"canonical\" href=\"{address}?lang=fr\""))
        );
        assert!(french.contains("content=\"fr_FR\""));
        // Narrowed lists are nothing for search engines.
        assert!(app.browser().get("/?category=concert").await.expect(200).html().contains("noindex"));
        assert!(!app.browser().get("/").await.expect(200).html().contains("noindex"));
    });
}

#[test]
fn feeds_are_what_readers_and_calendars_read() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let start = app.clock.now() + Duration::days(5);
        for (n, (name, category)) in
            [("Premier", "concert"), ("Deuxième", "sport"), ("Troisième", "concert")].into_iter().enumerate()
        {
            let start = start - Duration::hours(i64::try_from(n).unwrap());
            let members = json!({ "name": name, "category": category, "start_date": start,
                "end_date": start + Duration::hours(1), "description": "Une *belle* soirée", "language": "fr" });
            published(app, &owner, members).await;
        }
        let get = async |path: String| app.client().header("accept-language", "fr").get(&path).await;
        let rss = get(format!("/o/{}/events.rss", owner.slug)).await.expect(200);
        assert_eq!(rss.header("content-type"), "application/rss+xml; charset=utf-8");
        let xml = body(&rss);
        // The newest first.
        assert_eq!(texts(&xml, "title")[1..], ["Troisième", "Deuxième", "Premier"]);
        assert_eq!(texts(&xml, "language"), ["fr"]);
        for date in texts(&xml, "pubDate").iter().chain(&texts(&xml, "lastBuildDate")) {
            assert!(DateTime::parse_from_rfc2822(date).is_ok(), "{date}");
        }
        let document = Document::parse(&xml).unwrap();
        for item in document.descendants().filter(|node| node.has_tag_name("item")) {
            let text = |name: &str| {
                item.children().find(|node| node.has_tag_name(name)).unwrap().text().unwrap().to_owned()
            };
            assert!(
                text("link").starts_with(&format!("{}/events/", app.app.entrance.public_url)),
                "{}",
                text("link")
            );
            assert!(
                text("guid").starts_with("urn:uuid:") && text("description").contains("Une belle soirée")
            );
        }
        let own = document
            .descendants()
            .find(|node| node.tag_name().name() == "link" && node.attribute("rel") == Some("self"));
        assert!(own.unwrap().attribute("href").unwrap().ends_with("/events.rss"));
        let filtered = body(
            &get(format!("/o/{}/events.rss?category=sport&page=9&cursor=x", owner.slug)).await.expect(200),
        );
        assert_eq!(texts(&filtered, "title")[1..], ["Deuxième"]);
        let ics = get(format!("/o/{}/events.ics?category=concert", owner.slug)).await.expect(200);
        assert_eq!(ics.header("content-type"), "text/calendar; charset=utf-8");
        // The next first, with the same identity as the file of the event alone.
        let entries = entries(&body(&ics));
        assert_eq!(
            entries.iter().map(|e| e.get_summary().unwrap()).collect::<Vec<_>>(),
            ["Troisième", "Premier"]
        );
        let address = entries[0].property_value("URL").unwrap();
        let slug = address.rsplit('/').next().unwrap();
        let alone = body(&get(format!("/events/{slug}/calendar.ics")).await.expect(200));
        let alone = self::entries(&alone);
        assert_eq!(
            (alone[0].get_uid(), alone[0].property_value("SEQUENCE")),
            (entries[0].get_uid(), entries[0].property_value("SEQUENCE"))
        );
        // The pages lead there.
        let html = app
            .browser()
            .get(&format!("/o/{}?category=sport", owner.slug))
            .await
            .expect(200)
            .html()
            .replace("&#x2f;", "/");
        for feed in ["application/rss+xml", "text/calendar"] {
            assert!(html.contains(&format!("<link rel=\"alternate\" type=\"{feed}\"")), "{feed}");
        }
        assert!(html.contains(&format!("/o/{}/events.ics?category=sport", owner.slug)), "{html}");
        get("/o/nobody/events.rss".into()).await.expect(404);
    });
}

#[test]
fn what_has_not_changed_is_not_sent_again() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let event = published(app, &owner, json!({ "name": "Bleibt" })).await;
        let get = async |path: String| app.client().header("accept-language", "fr").get(&path).await;
        for path in [
            format!("/o/{}/events.rss", owner.slug),
            format!("/o/{}/events.ics", owner.slug),
            "/robots.txt".into(),
        ] {
            let first = get(path.clone()).await.expect(200);
            let tag = first.header("etag").to_owned();
            assert!(first.header("cache-control").contains("max-age="), "{path}");
            let again = app
                .client()
                .header("accept-language", "fr")
                .header("if-none-match", &tag)
                .get(&path)
                .await
                .expect(304);
            assert!(again.bytes.is_empty() && again.header("etag") == tag, "{path}");
            app.client()
                .header("accept-language", "fr")
                .header("if-none-match", "\"other\"")
                .get(&path)
                .await
                .expect(200);
        }
        // What changed is.
        let path = format!("/o/{}/events.ics", owner.slug);
        let tag = get(path.clone()).await.expect(200).header("etag").to_owned();
        let moved = json!({ "city": "Anderswo" });
        owner.client.patch(&format!("/api/events/{}", event.id), moved).await.expect(200);
        eventually("the change", || async {
            (app.client().header("if-none-match", &tag).get(&path).await.status == 200).then_some(())
        })
        .await;
    });
}

#[test]
fn what_is_not_public_is_nowhere() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let public = published(&app, &owner, json!({ "name": "Offen" })).await;
        let private = published(&app, &owner, json!({ "name": "Heimlich", "visibility": "private" })).await;
        let draft = app.event(&owner).ticket_type("5.00", 9).with("name", "Entwurf").draft().await;
        let cancelled = published(&app, &owner, json!({ "name": "Abgesagt" })).await;
        owner.client.post(&format!("/api/events/{}/cancel", cancelled.id), json!({})).await.expect(200);
        let gone = published(&app, &owner, json!({ "name": "Verborgen" })).await;
        let path = format!("/api/events/{}", gone.id);
        owner.client.patch(&path, json!({ "visibility": "private" })).await.expect(200);
        let mut places = vec![
            "/".to_owned(),
            format!("/o/{}", owner.slug),
            "/api/catalog/events".into(),
            "/events.rss".into(),
            "/events.ics".into(),
            format!("/o/{}/events.rss", owner.slug),
            format!("/o/{}/events.ics", owner.slug),
            "/sitemap.xml".into(),
        ];
        places.extend(
            ["heimlich", "entwurf", "abgesagt", "verborgen"]
                .map(|word| format!("/api/catalog/events?search={word}")),
        );
        let index = body(&app.client().get("/sitemap.xml").await.expect(200));
        let parts = texts(&index, "loc");
        assert_eq!(parts.len(), 3, "{index}");
        places.extend(parts);
        let mut seen = 0;
        for place in &places {
            let text = body(&app.client().get(place).await.expect(200));
            for hidden in [&private, &draft, &cancelled, &gone] {
                assert!(!text.contains(&hidden.slug) && !text.contains(&hidden.id), "{place}: {text}");
            }
            for name in ["Heimlich", "Entwurf", "Abgesagt", "Verborgen"] {
                assert!(!text.contains(name), "{place}: {text}");
            }
            seen += usize::from(text.contains(&public.slug));
        }
        assert_eq!(seen, places.len() - 4 - 3, "all that may shows the public one: {places:?}");
        // Their own pages ask not to be found.
        let mut connection = superuser(&app).await;
        let secret: String = sqlx::query_scalar("SELECT link_secret FROM t_1.event WHERE id = $1::uuid")
            .bind(&private.id)
            .fetch_one(&mut connection)
            .await
            .unwrap();
        let html =
            app.browser().get(&format!("/events/{}?link={secret}", private.slug)).await.expect(200).html();
        assert!(
            html.contains("noindex") && !html.contains("ld+json") && !html.contains("canonical"),
            "{html}"
        );
    });
}

#[test]
fn sitemaps_lead_to_pages_in_parts() {
    run(async {
        let app = TestApp::own(|_| ()).await;
        let owner = app.owner().await;
        let event = published(&app, &owner, json!({ "name": "Eins" })).await;
        let index = app.client().get("/sitemap.xml").await.expect(200);
        assert_eq!(index.header("content-type"), "application/xml; charset=utf-8");
        let mut pages = Vec::new();
        for part in texts(&body(&index), "loc") {
            let part = body(&app.client().get(&part).await.expect(200));
            let document = Document::parse(&part).unwrap();
            assert_eq!(
                document.root_element().tag_name().namespace(),
                Some("http://www.sitemaps.org/schemas/sitemap/0.9")
            );
            pages.extend(texts(&part, "loc"));
            assert!(
                texts(&part, "lastmod").iter().all(|at| DateTime::parse_from_rfc3339(at).is_ok()),
                "{part}"
            );
        }
        let base = app.app.entrance.public_url.to_string();
        let expected =
            [format!("{base}/"), format!("{base}/o/{}", owner.slug), format!("{base}/events/{}", event.slug)];
        assert_eq!(pages, expected);
        for page in &pages {
            app.browser().get(page.strip_prefix(&base).unwrap()).await.expect(200);
        }
        for nowhere in
            ["/sitemaps/events-2.xml", "/sitemaps/organizers-9.xml", "/sitemaps/events-0.xml", "/sitemaps/x"]
        {
            app.client().get(nowhere).await.expect(404);
        }
        // More than a part holds.
        let mut connection = superuser(&app).await;
        let many = "INSERT INTO platform.listing (event, organization, organization_name, organization_slug, slug, name,
                summary, category, location, city, starts_at, ends_at, starts_on, timezone, currency, cancelled, updated_at)
             SELECT md5('copy' || n)::uuid, organization, organization_name, organization_slug, slug || '-' || n,
                name, summary, category, location, city, starts_at, ends_at, starts_on, timezone, currency, cancelled, updated_at
             FROM platform.listing, generate_series(1, 10000) AS n";
        sqlx::query(many).execute(&mut connection).await.unwrap();
        published(&app, &owner, json!({ "name": "Zwei" })).await;
        let parts = eventually("two parts", || async {
            let parts = texts(&body(&app.client().get("/sitemap.xml").await.expect(200)), "loc");
            (parts.len() == 4).then_some(parts)
        })
        .await;
        let mut counts = Vec::new();
        for part in &parts[2..] {
            counts.push(texts(&body(&app.client().get(part).await.expect(200)), "loc").len());
        }
        assert_eq!(counts, [10_000, 2]);
        let robots = body(&app.client().get("/robots.txt").await.expect(200));
        assert!(robots.contains(&format!("Sitemap: {base}/sitemap.xml")), "{robots}");
        for closed in ["/manage", "/my", "/orders/", "/api/"] {
            assert!(robots.lines().any(|line| line == format!("Disallow: {closed}")), "{closed}");
        }
    });
}
