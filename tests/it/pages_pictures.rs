//! Pictures and documents of events, given with the organizer's forms.

use crate::pages_manage::{fields, new_event};
use crate::support::app::TestApp;
use crate::support::fixtures::{pdf, png};
use crate::support::run;

#[test]
fn an_image_is_shown_where_the_event_is() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let page = browser.get("/manage/events/new").await.expect(200);
        let form = page.form("/manage/events/new").filled(&fields("Pictured"));
        let here = browser.send_with_file(form, &png(2000, 1500)).await.expect(303).to();
        let address = |html: &str, size: &str| {
            let start = html.find("/images/").unwrap_or_else(|| panic!("no image: {html}"));
            let found: String = html[start..].chars().take_while(|c| *c != '"' && *c != '?').collect();
            found.replace("thumbnail", size).replace("cover", size)
        };
        let (edit, files) = (format!("{here}/edit"), format!("{here}/files"));
        let thumbnail = address(&browser.get(&files).await.expect(200).html(), "thumbnail");
        // As long as it is a draft, its organizers alone see it.
        let found = browser.get(&thumbnail).await.expect(200);
        assert_eq!(found.answer.header("content-type"), "image/jpeg");
        app.browser().get(&thumbnail).await.expect(404);
        app.browser_of(&app.person("curious").await.email).await.get(&thumbnail).await.expect(404);
        let page = browser.get(&here).await.expect(200);
        browser.submit(&page, &format!("{here}/publish"), &[]).await.expect(303);
        let found = app.browser().get(&thumbnail).await.expect(200);
        assert!(found.answer.header("cache-control").contains("immutable"));
        let picture = image::load_from_memory(&found.answer.bytes).unwrap();
        assert_eq!((picture.width(), picture.height()), (640, 427));
        let list = app.browser().get(&format!("/o/{}", owner.slug)).await.expect(200);
        assert_eq!(address(&list.html(), "thumbnail"), thumbnail);
        let slug = browser.get(&edit).await.form(&edit).value("slug").to_owned();
        let cover = address(&app.browser().get(&format!("/events/{slug}")).await.expect(200).html(), "cover");
        app.browser().get(&cover).await.expect(200);
        // By its link alone once it is private; gone once it is removed.
        let page = browser.get(&edit).await.expect(200);
        browser.submit(&page, &edit, &[("visibility", "private")]).await.expect(303);
        app.browser().get(&cover).await.expect(404);
        let html = browser.get(&format!("{here}/preview")).await.expect(200).html();
        let start = html.find("/images/").unwrap();
        let by_link: String = html[start..].chars().take_while(|c| *c != '"').collect();
        app.browser().get(&by_link).await.expect(200);
        let page = browser.get(&files).await.expect(200);
        let removed = browser.submit(&page, &format!("{files}/remove"), &[]).await.expect(303);
        assert_eq!(removed.to(), format!("{files}#image"));
        app.browser().get(&by_link).await.expect(404);
        browser.get(&thumbnail).await.expect(404);
    });
}

#[test]
fn a_file_of_another_kind_is_told_beside_its_field() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let files = format!("{}/files", new_event(&browser, "Unpictured").await);
        let (whole, document) = (png(400, 300), pdf("A programme"));
        let huge = vec![0x89; 11 << 20];
        let sent: [(&str, &[u8], &str); 9] = [
            ("image", &huge, "larger than 10 MB"),
            ("logo", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "no JPEG, PNG or WebP"),
            ("banner", b"GIF89a", "no JPEG, PNG or WebP"),
            ("image", &document, "no JPEG, PNG or WebP"),
            ("logo", &whole[..whole.len() / 2], "broken"),
            ("image", &png(12_100, 1), "too many pixels"),
            ("programme", &whole, "no PDF file"),
            ("guide", &document[..document.len() - 8], "incomplete"),
            ("guide", &huge, "larger than 10 MB"),
        ];
        for (place, file, told) in sent {
            let page = browser.get(&files).await.expect(200);
            let form = page.form(&files).filled(&[("place", place)]);
            let page = browser.send_with_file(form, file).await.expect(422).says(told);
            assert!(page.html().contains(&format!("id=\"e-{place}\"")), "{place}");
        }
        // A fine file takes its place, until it is removed.
        let page = browser.get(&files).await.expect(200);
        let form = page.form(&files).filled(&[("place", "programme")]);
        browser.send_with_file(form, &document).await.leads_to(&format!("{files}#programme"));
        let page = browser.get(&files).await.expect(200).says("See the programme");
        let removal = format!("{files}/remove");
        browser.submit(&page, &removal, &[("place", "programme")]).await.expect(303);
        assert!(!browser.get(&files).await.expect(200).html().contains("See the programme"));
        browser.submit(&page, &removal, &[("place", "nowhere")]).await.expect(400);
        // Without the token nothing is read, and without a login even less.
        let form = page.form(&files).without("csrf");
        browser.send_with_file(form.clone(), &whole).await.expect(403);
        app.browser().send_with_file(form, &whole).await.expect(401);
        assert!(!browser.get(&files).await.expect(200).html().contains("/images/"));
    });
}

#[test]
fn a_picture_of_a_form_with_something_wrong_is_chosen_again() {
    run(async {
        let app = TestApp::shared().await;
        let owner = app.owner().await;
        let browser = app.browser_of(&owner.person.email).await;
        let new = "/manage/events/new";
        let page = browser.get(new).await.expect(200);
        let form = page.form(new).filled(&fields("")).filled(&[("city", "Oran")]);
        let page = browser.send_with_file(form, &png(400, 300)).await.expect(422).says("Choose it again");
        assert_eq!(page.form(new).value("city"), "Oran");
        let form = page.form(new).filled(&[("name", "Named")]);
        browser.send_with_file(form, b"GIF89a").await.expect(422).says("no JPEG, PNG or WebP");
    });
}
