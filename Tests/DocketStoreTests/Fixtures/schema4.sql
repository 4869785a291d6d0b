CREATE TABLE migration (version INTEGER PRIMARY KEY);
CREATE TABLE document (
  id TEXT PRIMARY KEY, arrival INTEGER NOT NULL UNIQUE, digest TEXT NOT NULL, byte_count INTEGER NOT NULL,
  name TEXT NOT NULL, source TEXT NOT NULL, pipeline TEXT NOT NULL, parent TEXT REFERENCES document(id),
  part TEXT, depth INTEGER NOT NULL, state TEXT NOT NULL, sensitivity TEXT NOT NULL,
  duplicate_of TEXT REFERENCES document(id), error_code TEXT, arrived_at REAL NOT NULL, contract TEXT,
  held_until REAL, fence INTEGER NOT NULL DEFAULT 0, owner TEXT);
CREATE INDEX document_state ON document (pipeline, state, arrival);
CREATE INDEX document_digest ON document (digest);
CREATE INDEX document_name ON document (name);
CREATE UNIQUE INDEX document_place ON document (parent, part);
CREATE TABLE taken (source TEXT, token TEXT, document TEXT NOT NULL REFERENCES document(id), PRIMARY KEY (source, token));
CREATE TABLE work (
  document TEXT PRIMARY KEY REFERENCES document(id), classification TEXT, reading TEXT, media_type TEXT,
  page_count INTEGER, fingerprint TEXT, error_code TEXT, error_sentence TEXT, cpu_seconds REAL NOT NULL);
CREATE TABLE record (
  id TEXT NOT NULL REFERENCES document(id), version INTEGER NOT NULL, supersedes INTEGER,
  contract TEXT NOT NULL, contract_version INTEGER NOT NULL, body TEXT NOT NULL, decision TEXT NOT NULL,
  actor TEXT NOT NULL, at REAL NOT NULL, PRIMARY KEY (id, version));
CREATE TABLE delivery (
  key TEXT PRIMARY KEY, document TEXT NOT NULL REFERENCES document(id), version INTEGER NOT NULL,
  destination TEXT NOT NULL, operation TEXT NOT NULL, state TEXT NOT NULL, attempts INTEGER NOT NULL,
  next_at REAL NOT NULL, place TEXT, error_code TEXT, pipeline TEXT NOT NULL, owner TEXT, not_before REAL, findings TEXT);
CREATE INDEX delivery_due ON delivery (pipeline, state, next_at);
CREATE INDEX delivery_document ON delivery (document);
CREATE TABLE event (
  sequence INTEGER PRIMARY KEY, actor TEXT NOT NULL, run TEXT NOT NULL, correlation TEXT NOT NULL,
  at REAL NOT NULL, document TEXT, kind TEXT NOT NULL, digest TEXT, detail TEXT NOT NULL, link TEXT NOT NULL);
CREATE INDEX event_document ON event (document);
CREATE INDEX event_run ON event (run);
CREATE TABLE run (
  id TEXT PRIMARY KEY, pipeline TEXT NOT NULL, actor TEXT NOT NULL, began_at REAL NOT NULL, ended_at REAL,
  arrived INTEGER NOT NULL, worked INTEGER NOT NULL, failed INTEGER NOT NULL);
CREATE TABLE memory (number INTEGER PRIMARY KEY, parent INTEGER, digest TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE calibration (
  digest TEXT PRIMARY KEY, contract TEXT NOT NULL, card TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE trait (
  document TEXT PRIMARY KEY REFERENCES document(id), identity TEXT, value_digest TEXT, sketch TEXT);
CREATE INDEX trait_identity ON trait (identity);
CREATE TABLE sketch_band (
  band INTEGER NOT NULL, hash INTEGER NOT NULL, document TEXT NOT NULL REFERENCES document(id),
  PRIMARY KEY (band, hash, document));
CREATE INDEX sketch_band_document ON sketch_band (document);
CREATE TABLE kin (
  document TEXT NOT NULL REFERENCES document(id), other TEXT NOT NULL REFERENCES document(id),
  kind TEXT NOT NULL, likeness REAL NOT NULL, PRIMARY KEY (document, other));
CREATE INDEX kin_other ON kin (other);
CREATE TABLE proof (
  number INTEGER PRIMARY KEY, pipeline TEXT NOT NULL, contract TEXT NOT NULL, contract_version INTEGER NOT NULL,
  combination TEXT NOT NULL, body TEXT NOT NULL, actor TEXT NOT NULL, at REAL NOT NULL);
CREATE INDEX proof_pipeline ON proof (pipeline, number);
CREATE TABLE sampled (
  document TEXT PRIMARY KEY REFERENCES document(id), is_answered INTEGER NOT NULL DEFAULT 0);
INSERT INTO migration (version) VALUES (1);
INSERT INTO migration (version) VALUES (2);
INSERT INTO migration (version) VALUES (3);
INSERT INTO migration (version) VALUES (4);
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (1, 1000.0, 4, 'thing@1', 0, '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', NULL, NULL, 1, NULL, '0123456789abcdef0123456789abcdef', 'mail', NULL, NULL, NULL, 'office', 'internal', 'inbox', 'delivering');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (2, 1000.0, 4, NULL, 0, '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', '0123456789abcdef0123456789abcdef', NULL, 0, NULL, 'd4735e3a265e16eee03f59718b9b5d03', 'again', NULL, NULL, NULL, 'office', 'internal', 'inbox', 'duplicate');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (3, 1000.0, 9, NULL, 1, 'dea3953b8b4db74af4f8973dfe0229d9343b2c03615eebf27530084ae8971920', NULL, NULL, 0, NULL, '4e07408562bedb8b60ce05c1decfe3ad', 'attachment/1.txt', NULL, '0123456789abcdef0123456789abcdef', 'attachment/1', 'office', 'internal', 'inbox', 'queued');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (4, 1000.0, 9, NULL, 1, '793deeb29edeb255725a884698c878e4e141205e0092530d923b1ed58e0480d0', NULL, NULL, 0, NULL, '4b227777d4dd1fc61c6f884f48641d02', 'attachment/2.txt', NULL, '0123456789abcdef0123456789abcdef', 'attachment/2', 'office', 'internal', 'inbox', 'stored');
INSERT INTO taken (document, source, token) VALUES ('0123456789abcdef0123456789abcdef', 'inbox', 'mail');
INSERT INTO taken (document, source, token) VALUES ('d4735e3a265e16eee03f59718b9b5d03', 'inbox', 'again');
INSERT INTO work (classification, cpu_seconds, document, error_code, error_sentence, fingerprint, media_type, page_count, reading) VALUES ('{"contract":{"name":"thing","version":1},"confidence":0.9,"alternatives":[],"evidence":[],"languages":[]}', 0.25, '0123456789abcdef0123456789abcdef', NULL, NULL, '23bf0d244a4cb62c85fc3aa0e8ebf8eb7eb970522a51326adf1ac015fc738c7c', 'text/plain', 1, 'd70afca615203838da3d858e60dda12f900e83e4a6fb03a63cfadb8576ca8985');
INSERT INTO record (actor, at, body, contract, contract_version, decision, id, supersedes, version) VALUES ('tester', 1000.0, '{"id":"0123456789abcdef0123456789abcdef","version":1,"supersedes":null,"contract":{"name":"thing","version":1},"classification":0.9,"fields":[{"path":"number","confidence":0.8,"values":[{"value":{"text":"4711"},"raw":"4711","score":null,"confidence":0.8,"provenance":[{"document":"0123456789abcdef0123456789abcdef","locator":{"span":[0,4]},"producer":"sample 1"}],"alternatives":[],"exact":false}]}],"tables":[],"findings":[],"sensitivity":"internal","producer":"docket"}', 'thing', 1, '{"route":"deliver","fields":{},"reasons":[],"destinations":["ledger"]}', '0123456789abcdef0123456789abcdef', NULL, 1);
INSERT INTO delivery (attempts, destination, document, error_code, findings, key, next_at, not_before, operation, owner, pipeline, place, state, version) VALUES (0, 'ledger', '0123456789abcdef0123456789abcdef', NULL, NULL, '0123456789abcdef0123456789abcdef/1/ledger/deliver', 0.0, NULL, 'deliver', NULL, 'office', NULL, 'waiting', 1);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', '0123456789abcdef0123456789abcdef', 'arrived', '6fe6b88d0f94fcb598b9b105601af0073050479b6fbc00c82f7e707dbedaf256', 'run-1', 1);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'd4735e3a265e16eee03f59718b9b5d03', 'arrived', '1b55fbbcb45855db64b99b7309d5ea2a297e2b7baad35ceb7e47119a1ad41fe6', 'run-1', 2);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'd4735e3a265e16eee03f59718b9b5d03', 'duplicate', '69f723cc7b4c82258b7927b463604fd861e9d776932b3f55eef81fc5b81bf3fd', 'run-1', 3);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', NULL, '0123456789abcdef0123456789abcdef', 'claimed', '921d8eb3b8f5850454434b884bbf60d60fd92e7ca10e368364aa6535e1e93a72', 'run-1', 4);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', 'dea3953b8b4db74af4f8973dfe0229d9343b2c03615eebf27530084ae8971920', '4e07408562bedb8b60ce05c1decfe3ad', 'arrived', '447ea34fdd74e6a3a70c764dbde9b5df11d7241d7d0238c9485cf3da76f29ee5', 'run-1', 5);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', 'part-of-record', '793deeb29edeb255725a884698c878e4e141205e0092530d923b1ed58e0480d0', '4b227777d4dd1fc61c6f884f48641d02', 'arrived', 'ebf87285d301a6c5b64b928df1d2e772ddd6780bbd64ccb4d9a6278c7fbaccea', 'run-1', 6);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', 'delivering', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', '0123456789abcdef0123456789abcdef', 'finished', 'a82186e6db48921f2a5b366f6850f9b2fb18e44ff00890a3be85a4aa69e66780', 'run-1', 7);
INSERT INTO run (actor, arrived, began_at, ended_at, failed, id, pipeline, worked) VALUES ('tester', 0, 1000.0, 1001.0, 0, 'run-1', 'office', 0);
INSERT INTO trait (document, identity, sketch, value_digest) VALUES ('0123456789abcdef0123456789abcdef', NULL, NULL, NULL);
