-- 200,000 listings of two years in three languages, straight into the platform's schema: kinds and themes that many
-- share, names that few do, towns of very different size. The same rows in every run. Every second row, from number
-- `part` on: two sessions fill it in half the time.
CREATE FUNCTION pg_temp.pick(choices text[], seed text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT choices[1 + (hashtextextended(seed, 7) & 2147483647) % cardinality(choices)] $$;
-- The first choices far more often than the last.
CREATE FUNCTION pg_temp.often(choices text[], seed text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT choices[1 + floor(cardinality(choices) * power((hashtextextended(seed, 9) & 1048575) / 1048576.0, 3))::integer] $$;
CREATE FUNCTION pg_temp.name(seed text) RETURNS text LANGUAGE sql IMMUTABLE AS
$$ SELECT initcap(pg_temp.often('{ka,lo,mi,ra,ve,su,do,ne,ta,bri,cha,dal,fen,gor,hil,jol,mar,nor,pel,quin,ros,sel,tor,val,wen,yor,zan,bel,cor,dru}', seed || 1)
    || pg_temp.pick('{ba,ce,di,fo,gu,la,me,ni,po,ru,sa,te,vi,xo,za,lan,men,ric,sol,tin}', seed || 2)
    || pg_temp.pick('{"","",be,co,do,fa,ge,li,mo,nu,pi,ra,se,tu,va,ze,mar,ton,lis,gan}', seed || 4)
    || pg_temp.pick('{n,r,s,t,l,rd,nt,ck,x,lle,tte,nne,ard,eau,ier,in,ot,ieux,and,ert}', seed || 3)) $$;

CREATE TEMPORARY TABLE vocabulary AS SELECT * FROM (VALUES
    ('fr', '{Concert,Festival,Atelier,Exposition,Conférence,Rencontre,Fête,Marché,Spectacle,Salon,Balade,Théâtre,Bal,Tournoi,Lecture,Récital,Formation,Visite}'::text[],
        '{jazz,musique,peinture,cuisine,nature,lumière,mémoire,danse,cinéma,photographie,enfants,poésie,philosophie,jardin,océan,histoire,numérique,chanson,orgue,guitare,astronomie,céramique,cirque,forêt,robotique,vin,chocolat,montagne,patrimoine,savoir-faire}'::text[],
        '{une soirée avec les musiciens de la région,des ateliers pour petits et grands,réservation conseillée,entrée libre dans la limite des places,buvette et restauration sur place,en plein air si le temps le permet,avec le soutien de la ville,rencontre avec les artistes après la représentation}'::text[]),
    ('en', '{Concert,Festival,Workshop,Exhibition,Conference,Meetup,Fair,Market,Show,Talk,Walk,Play,Ball,Tournament,Reading,Recital,Training,Tour}',
        '{jazz,music,painting,cooking,nature,light,memory,dance,cinema,photography,children,poetry,philosophy,garden,ocean,history,software,songs,organ,guitar,astronomy,pottery,circus,forest,robotics,wine,chocolate,mountains,heritage,crafts}',
        '{an evening with local musicians,workshops for young and old,booking recommended,free while seats last,food and drinks on site,outdoors if the weather allows,supported by the city,meet the artists after the show}'),
    ('ar', '{حفل,مهرجان,ورشة,معرض,مؤتمر,لقاء,عيد,سوق,عرض,صالون,جولة,مسرحية,حفلة,بطولة,قراءة,أمسية,تكوين,زيارة}',
        '{الموسيقى,الجاز,الرسم,الطبخ,الطبيعة,الضوء,الذاكرة,الرقص,السينما,التصوير,الأطفال,الشعر,الفلسفة,الحديقة,البحر,التاريخ,الرقمية,الأغنية,العود,القيثارة,الفلك,الخزف,السيرك,الغابة,الروبوتات,التمور,الشوكولاتة,الجبل,التراث,الحرف}',
        '{أمسية مع موسيقيي المنطقة,ورشات للصغار والكبار,يستحسن الحجز,الدخول مجاني في حدود المقاعد,مأكولات ومشروبات في المكان,في الهواء الطلق إن سمح الطقس,بدعم من المدينة,لقاء مع الفنانين بعد العرض}')
) AS v (language, kinds, themes, sentences);

INSERT INTO platform.listing (event, organization, organization_name, organization_slug, slug, name, summary, category,
    location, city, starts_at, ends_at, starts_on, timezone, currency, price_min, price_max, price_rank, cancelled,
    updated_at, language, about, keywords, latitude, longitude, published_at, live)
SELECT (lpad(to_hex(1760000000000 + n), 12, '0') || '7000' || '8' || substr(md5('e' || n), 1, 7) || 'ffffffff')::uuid,
    (1000000 + org)::integer, 'Association ' || pg_temp.name('o' || org), 'filled-' || org, 'filled-event-' || n,
    kind || ' ' || theme || ' ' || pg_temp.name('n' || n % 90000), left(about, 300), category,
    pg_temp.pick('{Salle,Théâtre,Parc,Médiathèque,Hall,Maison,المسرح,Forum}', 'l' || n) || ' ' || pg_temp.name('l' || n % 7000), city[1],
    starts_at, starts_at + length, (starts_at AT TIME ZONE 'Europe/Paris')::date, 'Europe/Paris', 'EUR',
    price, price, price * 100, n % 97 = 0, now() - n % 500 * interval '1 hour', v.language, about, category || ' ' || theme,
    city[2]::double precision + ((n * 7919) % 1000 - 500) / 8000.0, city[3]::double precision + ((n * 104729) % 1000 - 500) / 6000.0,
    now() - n % 9000 * interval '1 hour', n % 97 <> 0 AND starts_at + length >= now()
FROM generate_series(:part::bigint, 200000, 2) AS n
CROSS JOIN LATERAL (SELECT n % 3000 AS org,
    pg_temp.often('{fr,en,ar}', 'v' || n) AS language,
    now() + ((hashtextextended('s' || n, 3) & 1048575) / 1048576.0 * 730 - 250) * interval '1 day' AS starts_at,
    CASE WHEN n % 60 = 0 THEN interval '60 days' WHEN n % 10 = 0 THEN interval '2 days' ELSE interval '3 hours' END AS length,
    CASE WHEN n % 4 = 0 THEN 0 ELSE 500 + (n * 31) % 90 * 100 END AS price,
    pg_temp.pick('{conference,concert,workshop,exhibition,sport,festival,meeting,training,theatre,other}', 'c' || n) AS category,
    CASE WHEN n % 5 = 0 THEN ARRAY['Commune-' || pg_temp.name('t' || n % 2000), (43 + n % 2000 * 0.0035)::text, (-1 + n * 37 % 2000 * 0.0035)::text]
    ELSE string_to_array(pg_temp.often('{Paris|48.857|2.352,Lyon|45.758|4.835,Marseille|43.297|5.37,Toulouse|43.604|1.444,Nantes|47.218|-1.553,Lille|50.629|3.057,Alger|36.754|3.059,Oran|35.697|-0.634,Bordeaux|44.838|-0.579,Tunis|36.806|10.181,Rennes|48.117|-1.677,Strasbourg|48.573|7.752,Béjaïa|36.756|5.084,Saint-Étienne|45.439|4.387,London|51.507|-0.128,Bruxelles|50.85|4.35,Genève|46.204|6.143,Bourges|47.081|2.398,Grenoble|45.188|5.724,Annecy|45.899|6.129}', 'p' || n), '|') END AS city) AS made
JOIN vocabulary AS v USING (language)
CROSS JOIN LATERAL (SELECT pg_temp.often(v.kinds, 'k' || n) AS kind, pg_temp.pick(v.themes, 'm' || n) AS theme,
    pg_temp.pick(v.sentences, '1' || n) || '. ' || pg_temp.pick(v.themes, '2' || n) || ' ' || pg_temp.pick(v.sentences, '3' || n)
    || ' — ' || pg_temp.name('4' || n) || ' ' || pg_temp.name('5' || n) || ', ' || pg_temp.pick(v.sentences, '6' || n) AS about) AS said;
