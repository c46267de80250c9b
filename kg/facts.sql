-- Statements to facts: one (subject, property, value) in one period, resting on its statements.
--
-- Reads   statements            the store's, all columns
--         clusters(key, canonical)           ids that judgements made one
--         verdicts(statement, verdict, nth)  prefer (a person's accept), accept or reject; the
--                                            last of several stands
--         sources(id, root, rank, dated)     rank 0 official to 4 unreliable; root after copies
--         fields(prefix, property, single)   from the ontology
--         known(id)                          what the register knows or a statement describes
-- Writes one row a fact. SQL with window functions that DuckDB and Spark run alike: no recursion, and
-- no step read more often than needed, since Spark plans each reading anew.

WITH said AS (
    SELECT
        s.id, s.property, s.kind, s.lang, s.stance, s.confidence, s.position, s.source,
        s.from_earliest, s.from_latest, s.to_earliest, s.to_latest,
        coalesce(a.canonical, s.subject_key) AS subject,
        CASE WHEN s.kind = 'link' THEN coalesce(b.canonical, s.value_key) ELSE s.value_key END AS value,
        coalesce(o.root, s.source) AS root,
        coalesce(o.rank, 3) AS rank,
        coalesce(o.dated, DATE '0001-01-01') AS dated,
        CASE s.stance WHEN 'stated' THEN 1 WHEN 'conflicting' THEN 2 WHEN 'inferred' THEN 3 ELSE 9 END
            AS standing
    FROM statements s
    LEFT JOIN clusters a ON a.key = s.subject_key
    LEFT JOIN clusters b ON b.key = s.value_key
    LEFT JOIN sources o ON o.id = s.source
),

-- A verdict is about a claim by a source, in whichever document it was read.
judged AS (
    SELECT p.subject, p.property, p.value, p.lang, p.source, max_by(v.verdict, v.nth) AS verdict
    FROM said p JOIN verdicts v ON v.statement = p.id
    GROUP BY p.subject, p.property, p.value, p.lang, p.source
),

usable AS (
    SELECT
        p.*,
        coalesce(j.verdict = 'reject', FALSE) AS rejected,
        CASE j.verdict WHEN 'prefer' THEN 0 WHEN 'accept' THEN 1 ELSE 2 END AS unjudged,
        coalesce(f.single, FALSE) AS single
    FROM said p
    LEFT JOIN judged j
        ON j.subject = p.subject AND j.property = p.property AND j.value = p.value
        AND j.lang = p.lang AND j.source = p.source
    LEFT JOIN fields f
        ON f.property = p.property AND f.prefix = split_part(p.subject, ':', 1)
    WHERE p.subject NOT LIKE 'review:%'
        AND p.subject IN (SELECT id FROM known)
        AND (p.kind <> 'link' OR (
            p.value IN (SELECT id FROM known) AND p.value <> p.subject
            AND p.value NOT LIKE 'review:%'
        ))
),

-- Dates of a field that has one value: those that agree combine to what all of them allow.
date_rows AS (
    SELECT
        subject, property, value, unjudged, CASE standing WHEN 9 THEN 1 ELSE standing END AS standing,
        rank, root, dated,
        CASE
            WHEN value LIKE '[..%' THEN DATE '0001-01-01'
            WHEN value LIKE '[%' THEN cast(substr(value, 2, 10) AS DATE)
            ELSE cast(concat(value, substr('0000-01-01', length(value) + 1)) AS DATE)
        END AS low,
        CASE
            WHEN value LIKE '[%..]' THEN DATE '9999-12-31'
            WHEN value LIKE '[%' THEN cast(substr(value, length(value) - 10, 10) AS DATE)
            WHEN length(value) = 4 THEN cast(concat(value, '-12-31') AS DATE)
            WHEN length(value) = 7 THEN last_day(cast(concat(value, '-01') AS DATE))
            ELSE cast(value AS DATE)
        END AS high
    FROM usable
    WHERE kind = 'date' AND single AND NOT rejected
),

date_values AS (
    SELECT
        subject, property, value, low, high,
        min(unjudged) AS unjudged, min(standing) AS standing, min(rank) AS rank,
        count(DISTINCT root) AS own, max(dated) AS dated,
        count(*) OVER (PARTITION BY subject, property) AS several
    FROM date_rows
    GROUP BY subject, property, value, low, high
),

-- A date's sources are those of all dates that it agrees with, since these combine; where that
-- tells nothing apart, its own.
date_order AS (
    SELECT
        d.subject, d.property, d.value, d.low, d.high,
        row_number() OVER (
            PARTITION BY d.subject, d.property
            ORDER BY d.unjudged, d.standing, d.rank, count(DISTINCT o.root) DESC, d.own DESC,
                366 * (year(d.high) - year(d.low)) + dayofyear(d.high) - dayofyear(d.low),
                d.dated DESC, d.value
        ) AS nth
    FROM date_values d
    JOIN date_rows o
        ON o.subject = d.subject AND o.property = d.property AND o.low <= d.high AND o.high >= d.low
    WHERE d.several > 1
    GROUP BY
        d.subject, d.property, d.value, d.low, d.high, d.unjudged, d.standing, d.rank, d.own, d.dated
),

-- In that order each takes part that agrees with all before it that did. Dates that agree share the
-- day on which the last of them begins; of these days that is taken on which the best stand, as their
-- numbers compare in order (the last number puts more of them before fewer).
date_shared AS (
    SELECT
        d.subject, d.property, o.value,
        max(o.low) OVER (PARTITION BY d.subject, d.property, d.low) AS low,
        min(o.high) OVER (PARTITION BY d.subject, d.property, d.low) AS high,
        array_append(
            array_sort(array_agg(o.nth) OVER (PARTITION BY d.subject, d.property, d.low)),
            cast(999999999 AS BIGINT)
        ) AS members
    FROM (SELECT DISTINCT subject, property, low FROM date_order) d
    JOIN date_order o
        ON o.subject = d.subject AND o.property = d.property AND o.low <= d.low AND o.high >= d.low
),

date_ranked AS (
    SELECT *, min(members) OVER (PARTITION BY subject, property) AS best FROM date_shared
),

merged AS (
    SELECT
        subject, property, value AS stated,
        CASE
            WHEN low = high THEN cast(low AS STRING)
            WHEN low = DATE '0001-01-01' THEN concat('[..', cast(high AS STRING), ']')
            WHEN high = DATE '9999-12-31' THEN concat('[', cast(low AS STRING), '..]')
            WHEN substr(cast(low AS STRING), 5) = '-01-01'
                AND cast(high AS STRING) = concat(substr(cast(low AS STRING), 1, 4), '-12-31')
                THEN substr(cast(low AS STRING), 1, 4)
            WHEN substr(cast(low AS STRING), 9) = '01' AND high = last_day(low)
                THEN substr(cast(low AS STRING), 1, 7)
            ELSE concat('[', cast(low AS STRING), '..', cast(high AS STRING), ']')
        END AS value
    FROM date_ranked WHERE members = best
),

claims AS (
    SELECT
        u.id, u.subject, u.property, coalesce(m.value, u.value) AS value, u.kind, u.lang, u.single,
        u.rejected, u.unjudged, u.standing, u.rank, u.root, u.dated, u.confidence, u.position,
        u.from_earliest, u.from_latest, u.to_earliest, u.to_latest,
        CASE WHEN m.value IS NULL THEN 1 ELSE 0 END AS apart,
        coalesce(u.from_earliest, u.from_latest, u.to_earliest, u.to_latest) IS NULL AS undated,
        coalesce(u.from_earliest, DATE '0001-01-01') AS opens,
        coalesce(u.to_latest, DATE '9999-12-31') AS closes
    FROM usable u
    LEFT JOIN merged m
        ON m.subject = u.subject AND m.property = u.property AND m.stated = u.value AND NOT u.rejected
),

-- Periods: dated claims whose possible validities overlap are one, as islands in time order.
starts AS (
    SELECT
        *,
        CASE
            WHEN opens < max(closes) OVER (
                PARTITION BY subject, property, value, lang, rejected ORDER BY opens, closes, id
                ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
            ) THEN 0 ELSE 1
        END AS begins
    FROM claims WHERE NOT undated
),

islands AS (
    SELECT
        *,
        sum(begins) OVER (
            PARTITION BY subject, property, value, lang, rejected ORDER BY opens, closes, id
        ) AS period
    FROM starts
),

periods AS (
    SELECT
        subject, property, value, lang, rejected, period,
        min(opens) AS opens, max(closes) AS closes
    FROM islands GROUP BY subject, property, value, lang, rejected, period
),

-- An undated claim supports the period in force on its page's date, else the latest.
supported AS (
    SELECT
        c.id, p.period,
        row_number() OVER (
            PARTITION BY c.id
            ORDER BY
                CASE
                    WHEN c.dated > DATE '0001-01-01' AND p.opens <= c.dated AND c.dated < p.closes
                        THEN 0 ELSE 1
                END,
                p.opens DESC
        ) AS choice
    FROM claims c
    JOIN periods p
        ON p.subject = c.subject AND p.property = c.property AND p.value = c.value
        AND p.lang = c.lang AND p.rejected = c.rejected
    WHERE c.undated
),

placed AS (
    SELECT c.*, 0 AS begins, coalesce(s.period, 1) AS period
    FROM claims c LEFT JOIN supported s ON s.id = c.id AND s.choice = 1
    WHERE c.undated
    UNION ALL
    SELECT * FROM islands
),

gathered AS (
    SELECT
        subject, property, value, lang, rejected, period,
        min(kind) AS kind, max(single) AS single,
        max(from_earliest) AS from_earliest, min(from_latest) AS from_latest,
        max(to_earliest) AS to_earliest, min(to_latest) AS to_latest,
        min(apart) AS apart, min(unjudged) AS unjudged, min(standing) AS standing,
        min(rank) AS rank, min(root) AS root, max(root) AS other, max(dated) AS dated,
        max(confidence) AS confidence, min(position) AS position,
        array_sort(array_agg(id)) AS statements
    FROM placed GROUP BY subject, property, value, lang, rejected, period
),

-- Few facts have more sources than one; counting them for all would take a fifth of the time.
counted AS (
    SELECT
        p.subject, p.property, p.value, p.lang, p.rejected, p.period,
        count(DISTINCT p.root) AS sources
    FROM placed p
    JOIN gathered g
        ON g.subject = p.subject AND g.property = p.property AND g.value = p.value
        AND g.lang = p.lang AND g.rejected = p.rejected AND g.period = p.period
    WHERE g.root <> g.other
    GROUP BY p.subject, p.property, p.value, p.lang, p.rejected, p.period
),

-- Where the starts (or ends) exclude each other, the preferred one stands, disputed.
unsettled AS (
    SELECT
        subject, property, value, lang, rejected, period,
        coalesce(from_earliest > from_latest, FALSE) AS starts,
        coalesce(to_earliest > to_latest, FALSE) AS ends
    FROM gathered WHERE from_earliest > from_latest OR to_earliest > to_latest
),

contested AS (
    SELECT p.*, u.starts, u.ends
    FROM placed p
    JOIN unsettled u
        ON u.subject = p.subject AND u.property = p.property AND u.value = p.value
        AND u.lang = p.lang AND u.rejected = p.rejected AND u.period = p.period
),

sides AS (
    SELECT
        c.subject, c.property, c.value, c.lang, c.rejected, c.period, e.side,
        CASE e.side WHEN 'start' THEN c.from_earliest ELSE c.to_earliest END AS earliest,
        CASE e.side WHEN 'start' THEN c.from_latest ELSE c.to_latest END AS latest,
        c.unjudged, c.standing, c.rank, c.root, c.dated
    FROM contested c
    CROSS JOIN (SELECT 'start' AS side UNION ALL SELECT 'end' AS side) e
    WHERE CASE e.side WHEN 'start' THEN c.starts ELSE c.ends END
),

side_order AS (
    SELECT
        subject, property, value, lang, rejected, period, side, earliest, latest,
        row_number() OVER (
            PARTITION BY subject, property, value, lang, rejected, period, side
            ORDER BY min(unjudged), min(CASE standing WHEN 9 THEN 1 ELSE standing END),
                min(rank), count(DISTINCT root) DESC,
                366 * (year(coalesce(latest, DATE '9999-12-31'))
                    - year(coalesce(earliest, DATE '0001-01-01')))
                    + dayofyear(coalesce(latest, DATE '9999-12-31'))
                    - dayofyear(coalesce(earliest, DATE '0001-01-01')),
                max(dated) DESC, earliest, latest
        ) AS nth
    FROM sides WHERE coalesce(earliest, latest) IS NOT NULL
    GROUP BY subject, property, value, lang, rejected, period, side, earliest, latest
),

foremost AS (
    SELECT
        subject, property, value, lang, rejected, period,
        max(side = 'start') AS starts, max(side = 'end') AS ends,
        max(CASE WHEN side = 'start' THEN earliest END) AS from_earliest,
        max(CASE WHEN side = 'start' THEN latest END) AS from_latest,
        max(CASE WHEN side = 'end' THEN earliest END) AS to_earliest,
        max(CASE WHEN side = 'end' THEN latest END) AS to_latest
    FROM side_order WHERE nth = 1
    GROUP BY subject, property, value, lang, rejected, period
),

bounded AS (
    SELECT
        g.subject, g.property, g.value, g.lang, g.rejected, g.period, g.kind, g.single, g.apart,
        g.unjudged, g.standing, g.rank, coalesce(c.sources, 1) AS sources, g.dated,
        g.confidence, g.position, g.statements,
        b.subject IS NOT NULL AS unsettled,
        CASE WHEN b.starts THEN b.from_earliest ELSE g.from_earliest END AS from_earliest,
        CASE WHEN b.starts THEN b.from_latest ELSE g.from_latest END AS from_latest,
        CASE WHEN b.ends THEN b.to_earliest ELSE g.to_earliest END AS to_earliest,
        CASE WHEN b.ends THEN b.to_latest ELSE g.to_latest END AS to_latest
    FROM gathered g
    LEFT JOIN foremost b
        ON b.subject = g.subject AND b.property = g.property AND b.value = g.value
        AND b.lang = g.lang AND b.rejected = g.rejected AND b.period = g.period
    LEFT JOIN counted c
        ON c.subject = g.subject AND c.property = g.property AND c.value = g.value
        AND c.lang = g.lang AND c.rejected = g.rejected AND c.period = g.period
),

-- Preference among the values of a field that has one (design: a total order); among dates the
-- combined one was found by that order.
ranked AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY subject, property, lang
            ORDER BY apart, unjudged, CASE standing WHEN 9 THEN 1 ELSE standing END, rank,
                sources DESC, dated DESC, value, period
        ) AS nth
    FROM bounded WHERE single AND NOT rejected
),

beaten AS (
    SELECT DISTINCT w.subject, w.property, w.value, w.lang, w.period
    FROM ranked w
    JOIN ranked b
        ON b.subject = w.subject AND b.property = w.property AND b.lang = w.lang
        AND b.nth < w.nth AND b.value <> w.value
    WHERE w.kind = 'date'
        OR (coalesce(w.from_earliest, DATE '0001-01-01') < coalesce(b.to_latest, DATE '9999-12-31')
            AND coalesce(b.from_earliest, DATE '0001-01-01') < coalesce(w.to_latest, DATE '9999-12-31'))
)

SELECT
    concat(
        'fact:',
        substr(md5(concat_ws(
            '|', f.subject, f.property, f.value, f.lang, CASE WHEN f.rejected THEN 'rejected' ELSE '' END
        )), 1, 20),
        '.', cast(f.period AS INTEGER)
    ) AS id,
    f.subject, f.property, f.value, f.kind, f.lang,
    f.from_earliest, f.from_latest, f.to_earliest, f.to_latest,
    CASE
        WHEN f.rejected THEN 'rejected'
        WHEN b.subject IS NOT NULL OR f.unsettled THEN 'disputed'
        ELSE 'accepted'
    END AS status,
    NOT f.rejected AND b.subject IS NULL AS preferred,
    CASE f.standing WHEN 2 THEN 'conflicting' WHEN 3 THEN 'inferred' ELSE 'stated' END AS stance,
    f.confidence, f.position, cast(f.sources AS INTEGER) AS sources, f.statements
FROM bounded f
LEFT JOIN beaten b
    ON b.subject = f.subject AND b.property = f.property AND b.value = f.value
    AND b.lang = f.lang AND b.period = f.period AND NOT f.rejected
