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
  arrived INTEGER NOT NULL, worked INTEGER NOT NULL, failed INTEGER NOT NULL, error_code TEXT, error_sentence TEXT, error_hint TEXT);
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
CREATE TABLE seed (value TEXT NOT NULL);
CREATE TABLE erased (
  document TEXT PRIMARY KEY REFERENCES document(id), kind TEXT NOT NULL, digest TEXT NOT NULL,
  actor TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE cost (
  document TEXT PRIMARY KEY REFERENCES document(id), reading REAL NOT NULL, ocr REAL NOT NULL,
  understanding REAL NOT NULL, review REAL NOT NULL);
CREATE TABLE habit (
  document TEXT NOT NULL REFERENCES document(id), vendor TEXT NOT NULL, path TEXT NOT NULL, value TEXT NOT NULL,
  settled INTEGER, at REAL, PRIMARY KEY (document, vendor, path, value));
CREATE INDEX habit_value ON habit (vendor, path, value, settled) WHERE settled IS NOT NULL;
CREATE INDEX habit_newest ON habit (vendor, path, settled) WHERE settled IS NOT NULL;
INSERT INTO migration (version) VALUES (1);
INSERT INTO migration (version) VALUES (2);
INSERT INTO migration (version) VALUES (3);
INSERT INTO migration (version) VALUES (4);
INSERT INTO migration (version) VALUES (5);
INSERT INTO migration (version) VALUES (6);
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (1, 1000.0, 4, 'thing@1', 0, '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', NULL, NULL, 1, NULL, '242b97e89841e7d7c2a204d5cd7e4913', 'mail', NULL, NULL, NULL, 'office', 'internal', 'inbox', 'delivering');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (2, 1000.0, 4, NULL, 0, '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', '242b97e89841e7d7c2a204d5cd7e4913', NULL, 0, NULL, 'ddd14c1cc92e7d0caad0ef6021aa537c', 'again', NULL, NULL, NULL, 'office', 'internal', 'inbox', 'duplicate');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (3, 1000.0, 9, NULL, 1, 'dea3953b8b4db74af4f8973dfe0229d9343b2c03615eebf27530084ae8971920', NULL, NULL, 0, NULL, 'dac84c0c431e99b9d5abc2642ce91fe5', 'attachment/1.txt', NULL, '242b97e89841e7d7c2a204d5cd7e4913', 'attachment/1', 'office', 'internal', 'inbox', 'queued');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (4, 1000.0, 9, NULL, 1, '793deeb29edeb255725a884698c878e4e141205e0092530d923b1ed58e0480d0', NULL, NULL, 0, NULL, 'eb5071b2b78a7d3b80ab3e0367fd57cb', 'attachment/2.txt', NULL, '242b97e89841e7d7c2a204d5cd7e4913', 'attachment/2', 'office', 'internal', 'inbox', 'stored');
INSERT INTO taken (document, source, token) VALUES ('242b97e89841e7d7c2a204d5cd7e4913', 'inbox', 'mail');
INSERT INTO taken (document, source, token) VALUES ('ddd14c1cc92e7d0caad0ef6021aa537c', 'inbox', 'again');
INSERT INTO work (classification, cpu_seconds, document, error_code, error_sentence, fingerprint, media_type, page_count, reading) VALUES ('{"contract":{"name":"thing","version":1},"confidence":0.9,"alternatives":[],"evidence":[],"languages":[]}', 0.25, '242b97e89841e7d7c2a204d5cd7e4913', NULL, NULL, '23bf0d244a4cb62c85fc3aa0e8ebf8eb7eb970522a51326adf1ac015fc738c7c', 'text/plain', 1, 'd70afca615203838da3d858e60dda12f900e83e4a6fb03a63cfadb8576ca8985');
INSERT INTO record (actor, at, body, contract, contract_version, decision, id, supersedes, version) VALUES ('tester', 1000.0, '{"id":"242b97e89841e7d7c2a204d5cd7e4913","version":1,"supersedes":null,"contract":{"name":"thing","version":1},"classification":0.9,"fields":[{"path":"number","confidence":0.8,"values":[{"value":{"text":"4711"},"raw":"4711","score":null,"confidence":0.8,"provenance":[{"document":"242b97e89841e7d7c2a204d5cd7e4913","locator":{"span":[0,4]},"producer":"sample 1"}],"alternatives":[],"exact":false}]}],"tables":[],"findings":[],"sensitivity":"internal","producer":"docket"}', 'thing', 1, '{"route":"deliver","fields":{},"reasons":[],"destinations":["ledger"]}', '242b97e89841e7d7c2a204d5cd7e4913', NULL, 1);
INSERT INTO delivery (attempts, destination, document, error_code, findings, key, next_at, not_before, operation, owner, pipeline, place, state, version) VALUES (0, 'ledger', '242b97e89841e7d7c2a204d5cd7e4913', NULL, NULL, '242b97e89841e7d7c2a204d5cd7e4913/1/ledger/deliver', 0.0, NULL, 'deliver', NULL, 'office', NULL, 'waiting', 1);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', '242b97e89841e7d7c2a204d5cd7e4913', 'arrived', 'a7d4697bca6872cf8f4ed35145b1f85c2a74b190448a5b6e3e096152abfbcab3', 'run-1', 1);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'ddd14c1cc92e7d0caad0ef6021aa537c', 'arrived', '5ef98c833e4a8a0ea4af7afecb4d810225beec70c1c3315391d1c0f5213931b6', 'run-1', 2);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'ddd14c1cc92e7d0caad0ef6021aa537c', 'duplicate', 'aae41f420947cc76a7d43d534eddaa4d9458695a12be83747a985bd1fc2ab634', 'run-1', 3);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', NULL, '242b97e89841e7d7c2a204d5cd7e4913', 'claimed', '3f8ce13725fbb42a32438e51805ad217ecbaa072d788c1ff80ae6101a6cec86b', 'run-1', 4);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', 'dea3953b8b4db74af4f8973dfe0229d9343b2c03615eebf27530084ae8971920', 'dac84c0c431e99b9d5abc2642ce91fe5', 'arrived', '404d5c6d2d0e2662a85bb06511b19e25d278a6352aac13b43c8c908b9c06cb1a', 'run-1', 5);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', 'part-of-record', '793deeb29edeb255725a884698c878e4e141205e0092530d923b1ed58e0480d0', 'eb5071b2b78a7d3b80ab3e0367fd57cb', 'arrived', '9afb1ec743c429fb66cf158933e9c680c9489395d09b517aab4e6ecb9b05a524', 'run-1', 6);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', 'delivering', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', '242b97e89841e7d7c2a204d5cd7e4913', 'finished', 'c4147ffd1ad56c312d0aa5682fa9f8c20b25b5959d5ba39312d48819e4348fc0', 'run-1', 7);
INSERT INTO run (actor, arrived, began_at, ended_at, error_code, error_hint, error_sentence, failed, id, pipeline, worked) VALUES ('tester', 0, 1000.0, 1001.0, NULL, NULL, NULL, 0, 'run-1', 'office', 0);
INSERT INTO trait (document, identity, sketch, value_digest) VALUES ('242b97e89841e7d7c2a204d5cd7e4913', NULL, NULL, NULL);
INSERT INTO seed (value) VALUES ('bae9489f59deffe5934e9f7a2c6818d31df468327becc361169e64e058cff9d6');
INSERT INTO cost (document, ocr, reading, review, understanding) VALUES ('242b97e89841e7d7c2a204d5cd7e4913', 0.0, 0.25, 0.0, 0.0);
