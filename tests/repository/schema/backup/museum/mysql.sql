-- One of everything that MySQL alone can hold, or that only this program's own writer keeps.
CREATE TABLE invisible (a INT, b INT DEFAULT 7 INVISIBLE, c INT);
INSERT INTO invisible (a, b, c) VALUES (1, 2, 3);
CREATE TABLE checks (a INT, CONSTRAINT ck CHECK (a > 0) NOT ENFORCED, KEY fx ((a * 2)), KEY de (a DESC));
INSERT INTO checks VALUES (-1);
CREATE TABLE shapes (g POINT NOT NULL SRID 4326, SPATIAL KEY (g));
INSERT INTO shapes VALUES (ST_SRID(POINT(1, 2), 4326));
CREATE TABLE valued (j JSON, KEY mv ((CAST(j->'$.a' AS UNSIGNED ARRAY))));
INSERT INTO valued VALUES ('{"a": [1, 2]}');
CREATE TABLE floats (f FLOAT);
INSERT INTO floats VALUES (16777215), (0.123456789), (3.4028234e38), (1e-40), (NULL);
