//! The photo of a profile: taken as a form's file, drawn anew, shown, copied out, and gone with the account.

use serde_json::Value;

use crate::support::app::TestApp;
use crate::support::client::{Client, Method, Part};
use crate::support::fixtures::{pdf, png};
use crate::support::run;

async fn send(client: &Client, method: Method, bytes: &[u8]) -> crate::support::client::Answer {
    let parts =
        [Part::text("first_name", "Nadia"), Part::text("last_name", "Benali"), Part::file("photo", bytes)];
    client.multipart(method, "/api/auth/profile", &parts).await
}

/// The path of an address of the site.
fn path(address: &Value) -> String {
    url::Url::parse(address.as_str().unwrap()).unwrap().path().to_owned()
}

#[test]
fn a_photo_is_drawn_anew_and_replaced_and_removed() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("photographed").await;
        let profile = person.client.get("/api/auth/profile").await.expect(200);
        assert_eq!((&profile["photo"], &profile["photo_small"]), (&Value::Null, &Value::Null));
        let sent = png(900, 600);
        let saved = send(&person.client, Method::PATCH, &sent).await.expect(200);
        let (large, small) = (path(&saved["photo"]), path(&saved["photo_small"]));
        let stranger = app.client();
        for (address, side) in [(&large, 512), (&small, 96)] {
            let shown = stranger.raw(Method::GET, address, None).await.expect(200);
            let picture = image::load_from_memory(&shown.bytes).unwrap();
            assert_eq!((picture.width(), picture.height()), (side, side));
            assert_ne!(shown.bytes, sent, "nothing of the original is kept");
            assert_eq!(shown.header("content-type"), "image/jpeg");
        }
        // JSON that says nothing of it leaves it; so does a form without one.
        let body = serde_json::json!({ "phone": "+33 1 02 03 04 05" });
        let same = person.client.patch("/api/auth/profile", body).await.expect(200);
        assert_eq!(same["photo"], saved["photo"]);
        let other = send(&person.client, Method::PUT, &png(40, 40)).await.expect(200);
        assert_ne!(other["photo"], saved["photo"]);
        stranger.get(&large).await.problem(404, "not_found");
        stranger.get(&path(&other["photo"])).await.expect(200);
        person.client.delete("/api/auth/profile/photo").await.expect(200);
        stranger.get(&path(&other["photo"])).await.problem(404, "not_found");
        let after = person.client.get("/api/auth/me").await.expect(200);
        assert_eq!((&after["photo"], after.text("phone").is_empty()), (&Value::Null, true));
    });
}

#[test]
fn what_is_no_photo_is_refused_beside_its_field() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("photographed").await;
        for (bytes, code) in [
            (pdf("a document"), "photo image_kind"),
            (
                b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>".to_vec(),
                "photo image_kind",
            ),
            (png(64, 64)[..200].to_vec(), "photo image_broken"),
            (vec![0; 11 << 20], "photo image_size"),
        ] {
            send(&person.client, Method::PATCH, &bytes).await.invalid(&[code]);
        }
        assert_eq!(person.client.get("/api/auth/profile").await.expect(200)["photo"], Value::Null);
    });
}

#[test]
fn the_page_shows_it_and_the_menu_too() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("photographed").await;
        let browser = app.browser_of(&person.email).await;
        let page = browser.get("/profile").await.expect(200);
        let form = page.form("/profile/photo");
        let again = browser.send_with_file(form, &pdf("no picture")).await.expect(422);
        let again = again.says("no JPEG, PNG or WebP");
        // It stands where the photo is, and not with the names.
        let (about, photo) =
            again.html().split_once("id=\"photo\"").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
        assert!(!about.contains("no JPEG") && photo.contains("role=\"alert\""), "{about}");
        let form = browser.get("/profile").await.form("/profile/photo");
        let many = browser.send_with_file(form, &wide_png(11_000, 11_000)).await.expect(422);
        many.says("60 million in all");
        let form = browser.get("/profile").await.form("/profile/photo");
        browser.send_with_file(form, &png(300, 200)).await.leads_to("/profile#photo");
        let page = browser.get("/profile").await.expect(200).says("The photo is saved.");
        let small = page.html().matches("-small.jpg").count();
        assert!(small >= 1 && page.html().contains("-photo.jpg"));
        browser.submit(&page, "/profile/photo/remove", &[]).await.leads_to("/profile#photo");
        assert!(!browser.get("/profile").await.html().contains("-small.jpg"));
    });
}

#[test]
fn the_copy_of_ones_data_has_the_photo() {
    run(async {
        let app = TestApp::shared().await;
        let person = app.person("photographed").await;
        send(&person.client, Method::PATCH, &png(60, 60)).await.expect(200);
        let body = serde_json::json!({ "password": crate::support::fixtures::PASSWORD });
        person.client.post("/api/auth/data-export", body).await.expect(202);
        let file = crate::support::eventually("the copy", || async {
            let answer = person.client.raw(Method::GET, "/api/auth/data-export/file", None).await;
            (answer.status == 200).then_some(answer)
        })
        .await;
        let mut zip = zip::ZipArchive::new(std::io::Cursor::new(file.bytes.clone())).unwrap();
        let mut photo = Vec::new();
        std::io::copy(&mut zip.by_name("photo.jpg").unwrap(), &mut photo).unwrap();
        assert!(image::load_from_memory(&photo).is_ok());
    });
}

/// A picture of one colour, of which little more than its measures is written.
fn wide_png(width: u32, height: u32) -> Vec<u8> {
    let mut out = std::io::Cursor::new(Vec::new());
    image::GrayImage::new(width, height).write_to(&mut out, image::ImageFormat::Png).unwrap();
    out.into_inner()
}
