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
INSERT INTO migration (version) VALUES (1);
INSERT INTO migration (version) VALUES (2);
INSERT INTO migration (version) VALUES (3);
INSERT INTO migration (version) VALUES (4);
INSERT INTO migration (version) VALUES (5);
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (1, 1000.0, 4, 'thing@1', 0, '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', NULL, NULL, 1, NULL, 'c743c92bbc3214c24d5cd58aa26f2a85', 'mail', NULL, NULL, NULL, 'office', 'internal', 'inbox', 'delivering');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (2, 1000.0, 4, NULL, 0, '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'c743c92bbc3214c24d5cd58aa26f2a85', NULL, 0, NULL, 'ee7dd3a28edd3342d8cf9848277cab74', 'again', NULL, NULL, NULL, 'office', 'internal', 'inbox', 'duplicate');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (3, 1000.0, 9, NULL, 1, 'dea3953b8b4db74af4f8973dfe0229d9343b2c03615eebf27530084ae8971920', NULL, NULL, 0, NULL, 'dde636b265086c975c842a5332bf0329', 'attachment/1.txt', NULL, 'c743c92bbc3214c24d5cd58aa26f2a85', 'attachment/1', 'office', 'internal', 'inbox', 'queued');
INSERT INTO document (arrival, arrived_at, byte_count, contract, depth, digest, duplicate_of, error_code, fence, held_until, id, name, owner, parent, part, pipeline, sensitivity, source, state) VALUES (4, 1000.0, 9, NULL, 1, '793deeb29edeb255725a884698c878e4e141205e0092530d923b1ed58e0480d0', NULL, NULL, 0, NULL, '42c9188eea0346b05f2804885d7e4f34', 'attachment/2.txt', NULL, 'c743c92bbc3214c24d5cd58aa26f2a85', 'attachment/2', 'office', 'internal', 'inbox', 'stored');
INSERT INTO taken (document, source, token) VALUES ('c743c92bbc3214c24d5cd58aa26f2a85', 'inbox', 'mail');
INSERT INTO taken (document, source, token) VALUES ('ee7dd3a28edd3342d8cf9848277cab74', 'inbox', 'again');
INSERT INTO work (classification, cpu_seconds, document, error_code, error_sentence, fingerprint, media_type, page_count, reading) VALUES ('{"contract":{"name":"thing","version":1},"confidence":0.9,"alternatives":[],"evidence":[],"languages":[]}', 0.25, 'c743c92bbc3214c24d5cd58aa26f2a85', NULL, NULL, '23bf0d244a4cb62c85fc3aa0e8ebf8eb7eb970522a51326adf1ac015fc738c7c', 'text/plain', 1, 'd70afca615203838da3d858e60dda12f900e83e4a6fb03a63cfadb8576ca8985');
INSERT INTO record (actor, at, body, contract, contract_version, decision, id, supersedes, version) VALUES ('tester', 1000.0, '{"id":"c743c92bbc3214c24d5cd58aa26f2a85","version":1,"supersedes":null,"contract":{"name":"thing","version":1},"classification":0.9,"fields":[{"path":"number","confidence":0.8,"values":[{"value":{"text":"4711"},"raw":"4711","score":null,"confidence":0.8,"provenance":[{"document":"c743c92bbc3214c24d5cd58aa26f2a85","locator":{"span":[0,4]},"producer":"sample 1"}],"alternatives":[],"exact":false}]}],"tables":[],"findings":[],"sensitivity":"internal","producer":"docket"}', 'thing', 1, '{"route":"deliver","fields":{},"reasons":[],"destinations":["ledger"]}', 'c743c92bbc3214c24d5cd58aa26f2a85', NULL, 1);
INSERT INTO delivery (attempts, destination, document, error_code, findings, key, next_at, not_before, operation, owner, pipeline, place, state, version) VALUES (0, 'ledger', 'c743c92bbc3214c24d5cd58aa26f2a85', NULL, NULL, 'c743c92bbc3214c24d5cd58aa26f2a85/1/ledger/deliver', 0.0, NULL, 'deliver', NULL, 'office', NULL, 'waiting', 1);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'c743c92bbc3214c24d5cd58aa26f2a85', 'arrived', '6994a621451820b9ee99af33e86f43369d3e36ad03f40404a4f2882e85823114', 'run-1', 1);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'ee7dd3a28edd3342d8cf9848277cab74', 'arrived', '701c1ca396bff52fd8ccf21679f5f4ed325417d7691b4becc46d68dc8140cf7b', 'run-1', 2);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'ee7dd3a28edd3342d8cf9848277cab74', 'duplicate', '8aa1fda5ed92a0931adcd5ad98802241a83f6fce40feb05ff3305ce147736ec9', 'run-1', 3);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', NULL, 'c743c92bbc3214c24d5cd58aa26f2a85', 'claimed', 'be24e23aaedac6d048cb154033c289bf03be8eea375f91c831b4798eb3c6b641', 'run-1', 4);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', '', 'dea3953b8b4db74af4f8973dfe0229d9343b2c03615eebf27530084ae8971920', 'dde636b265086c975c842a5332bf0329', 'arrived', 'da917acb10e00ce7f4dde73e3607aa309552ca00b96f248a2676396baf63252f', 'run-1', 5);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', 'part-of-record', '793deeb29edeb255725a884698c878e4e141205e0092530d923b1ed58e0480d0', '42c9188eea0346b05f2804885d7e4f34', 'arrived', '4a85a12ee911523cad73273b17ee077c60c232e2a8093b8b39182a1e8fb00065', 'run-1', 6);
INSERT INTO event (actor, at, correlation, detail, digest, document, kind, link, run, sequence) VALUES ('tester', 1000.0, 'correlation-1', 'delivering', '00d8d3f11739d2f3537099982b4674c29fc59a8fda350fca1379613adbb09119', 'c743c92bbc3214c24d5cd58aa26f2a85', 'finished', '0e7cdb52d170634ec926ca32f8663b9d5e0759ddccf044a3274451eb460125f2', 'run-1', 7);
INSERT INTO run (actor, arrived, began_at, ended_at, error_code, error_hint, error_sentence, failed, id, pipeline, worked) VALUES ('tester', 0, 1000.0, 1001.0, NULL, NULL, NULL, 0, 'run-1', 'office', 0);
INSERT INTO trait (document, identity, sketch, value_digest) VALUES ('c743c92bbc3214c24d5cd58aa26f2a85', NULL, NULL, NULL);
INSERT INTO seed (value) VALUES ('2b3b116a9b4f0d3d05fdc11f88b39e75f6e11f64991984e00271308d52f9ef9a');
INSERT INTO cost (document, ocr, reading, review, understanding) VALUES ('c743c92bbc3214c24d5cd58aa26f2a85', 0.0, 0.25, 0.0, 0.0);
