-- The rows of a SQLite database (schema version 5) as the kernel wrote them that decided by rules 1, before it told borrowed pieces from
-- real ones. Made as rules-1.sql was, by a small program on that kernel that played the commands of om_command through OrderDesk, a minute
-- apart; nothing was edited. It shows what rules 1 let pass: eight of three cups left (C-1), and four lamps are held that do not lie there
-- (L-2), without a word of it in the order.

INSERT INTO om_facts (facts_hash, body) VALUES
('207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"kernel":"0.1.0","limits":{"lines":1000,"takes":5000,"shipments":1000,"history":1000,"serials":10000,"text":400},"stock":[]}'),
('21036ecc174edee295831a0578f3b0e7f46eb7f05c18b3a0423eb71025999083', '{"kernel":"0.1.0","limits":{"lines":1000,"takes":5000,"shipments":1000,"history":1000,"serials":10000,"text":400},"stock":[{"sku":"CUP","node":"W1","available":3,"overdraft":5,"quarantine":0}]}'),
('8d96574a2a2b75225ddbb3613f3868c2336b1887d1ef0497d98580722ea7bfc0', '{"kernel":"0.1.0","limits":{"lines":1000,"takes":5000,"shipments":1000,"history":1000,"serials":10000,"text":400},"stock":[{"sku":"LAMP","node":"W1","available":3,"overdraft":4,"quarantine":0}]}'),
('8f5c7341dd68635174b7de86a74b37177fce8f6ca96a6bc8d42d0673349c2404', '{"kernel":"0.1.0","limits":{"lines":1000,"takes":5000,"shipments":1000,"history":1000,"serials":10000,"text":400},"stock":[{"sku":"LAMP","node":"W1","available":0,"overdraft":4,"quarantine":0}]}');

INSERT INTO om_command (command_pos, tenant, command_id, category, stream_key, read_version, body, body_hash, actor, source, decided_at, facts_hash, outcome) VALUES
(1, 'main', 'b2d37830-6447-517a-8831-2f37467a6299', 'stock', 'R-1', 0, '{"type":"stock.receive","document":"R-1","lines":[{"sku":"CUP","node":"W1","quantity":3}]}', '568d8a3cb2d15d4bdc7a5e7a49e48dc1fd636b6706edfb6581d89489cd642dfc', 'clerk', 'web', 1793606460000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":1,"events":["cc4c8f18-7ef3-5f86-8701-fb56c0b044d6"],"findings":[]}'),
(2, 'main', '3bd4fba3-acad-54e1-8eef-ab35a06ed5ef', 'stock', 'D-1', 0, '{"type":"stock.set_overdraft","document":"D-1","sku":"CUP","node":"W1","overdraft":5}', '8be480160b7d0d7a7536220d39d778a1eb458804d2a94361fc311e033c521bff', 'clerk', 'web', 1793606520000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":1,"events":["7974303b-17f1-51a5-8862-51ca0e283048"],"findings":[]}'),
(3, 'main', 'b6633d3b-7d78-5286-9f86-e7c56d1cd8c5', 'order', 'C-1', 0, '{"type":"order.capture","order":"C-1","customer":"P","placed_at":1793606520000000,"promised_at":1794384120000000,"sign_off":"delivery","external_key":"","lines":[{"line":1,"sku":"CUP","quantity":8}]}', 'b55dfa349eb5b61ca0007d076b1bf8635295d2856611a5183e03a8363eee41ea', 'clerk', 'web', 1793606580000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":2,"events":["1b913261-5f28-5879-aee7-5cf59593f397","ab2381e2-855a-55eb-973a-ad236b89ec63"],"findings":[]}'),
(4, 'main', 'e6fc67ba-4c9e-5d23-977d-446601e48971', 'order', 'C-1', 2, '{"type":"order.hold_stock","order":"C-1","nodes":[],"take_part":false}', '8e68db7e85f53de8d867c3f4460d9bb9ba1f7954da8beda8a2d0b34b32205f95', 'clerk', 'web', 1793606640000000, '21036ecc174edee295831a0578f3b0e7f46eb7f05c18b3a0423eb71025999083', '{"accepted":true,"version":3,"events":["151fadae-15aa-5248-878e-15f2ce37d17b"],"findings":[]}'),
(5, 'main', '34660431-9cfd-5926-9e00-cef99a68494c', 'order', 'C-1', 3, '{"type":"order.ship","order":"C-1","shipment":"S-1","shipped_at":1793606640000000,"carrier":"","waybill":"","lines":[{"line":1,"quantity":8}]}', '852a86120e9ad3e64b0a15043028c97e9aa2fc9cae61ba041b17f44c9bc9fca7', 'clerk', 'web', 1793606700000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":4,"events":["1313f3e3-5ff8-5d5c-9e42-add547aebf6d"],"findings":[]}'),
(6, 'main', '1f920e54-3739-53bc-9e8e-5dbbebaab58f', 'stock', 'R-2', 0, '{"type":"stock.receive","document":"R-2","lines":[{"sku":"LAMP","node":"W1","quantity":3}]}', '4f58fd7fd6469848e8bf60cbb4403e8f17d996620b4a651b0873bf089264608e', 'clerk', 'web', 1793606760000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":1,"events":["e7b78b4c-363a-5615-8463-06d66a429f83"],"findings":[]}'),
(7, 'main', 'a2e5ad47-d594-555d-9c1e-036706b2a5c6', 'stock', 'D-2', 0, '{"type":"stock.set_overdraft","document":"D-2","sku":"LAMP","node":"W1","overdraft":4}', '7269876a3c242285e497858373fb3d17573fa58661e25b5361ccc68129b3a059', 'clerk', 'web', 1793606820000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":1,"events":["2bf034c7-5c32-5435-b0b7-c2a4482136a0"],"findings":[]}'),
(8, 'main', 'ffd94f22-de9e-56d9-90e2-1f0817943312', 'order', 'L-1', 0, '{"type":"order.capture","order":"L-1","customer":"P","placed_at":1793606820000000,"promised_at":1794384420000000,"sign_off":"delivery","external_key":"","lines":[{"line":1,"sku":"LAMP","quantity":3}]}', '2cd993f09f491a1b884ad83a23743414a6c1d34e6ae21fc3ce7eeb09b353198b', 'clerk', 'web', 1793606880000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":2,"events":["c6b9052e-d3a4-5bee-a5c2-6ab6063d1f81","783b4722-a7c4-522d-ad83-a31026f1ed32"],"findings":[]}'),
(9, 'main', '92110c9f-cbed-59ba-bb5d-4e9e34806e5f', 'order', 'L-1', 2, '{"type":"order.hold_stock","order":"L-1","nodes":[],"take_part":false}', 'c0313c2bd265f1809846a033ab76a9db7b8460a33b623cc90d2ec6e238142350', 'clerk', 'web', 1793606940000000, '8d96574a2a2b75225ddbb3613f3868c2336b1887d1ef0497d98580722ea7bfc0', '{"accepted":true,"version":3,"events":["faa031d4-acfb-56cf-97f0-0ec42ebbbc05"],"findings":[]}'),
(10, 'main', '0021d9d6-f769-5b8c-9bd4-223d4c6c815b', 'order', 'L-2', 0, '{"type":"order.capture","order":"L-2","customer":"P","placed_at":1793606940000000,"promised_at":1794384540000000,"sign_off":"delivery","external_key":"","lines":[{"line":1,"sku":"LAMP","quantity":4}]}', '99b4e446de42c0a3f5444af04efbaccdc7240aaad5aec87e4c5ff80d1f4c58ce', 'clerk', 'web', 1793607000000000, '207e6504863278fe007c794d9d30ba8bae7d77e8644495ddab8089ebf97aa793', '{"accepted":true,"version":2,"events":["465c7943-1a2b-57e4-92af-d9db612807d2","2053f29a-ff10-5913-8d55-80200d6c3d18"],"findings":[]}'),
(11, 'main', 'd172a125-777d-51c2-8176-b9ac8b1d346c', 'order', 'L-2', 2, '{"type":"order.hold_stock","order":"L-2","nodes":[],"take_part":false}', '7c660a7dbae02543ea11c1812b523df81a3a9466104f9ef20263e5f8a8459378', 'clerk', 'web', 1793607060000000, '8f5c7341dd68635174b7de86a74b37177fce8f6ca96a6bc8d42d0673349c2404', '{"accepted":true,"version":3,"events":["a740bfe9-14ba-594f-ba97-47d067f26616"],"findings":[]}');

INSERT INTO om_stream (tenant, category, stream_key, version) VALUES
('main', 'order', 'C-1', 4),
('main', 'order', 'L-1', 3),
('main', 'order', 'L-2', 3),
('main', 'stock', 'D-1', 1),
('main', 'stock', 'D-2', 1),
('main', 'stock', 'R-1', 1),
('main', 'stock', 'R-2', 1);

INSERT INTO om_event (event_pos, tenant, category, stream_key, version, event_id, event_type, schema_version, recorded_at, command_id, ordinal, actor, source, previous_hash, hash, payload) VALUES
(1, 'main', 'stock', 'R-1', 1, 'cc4c8f18-7ef3-5f86-8701-fb56c0b044d6', 'stock.received', 1, 1793606460000000, 'b2d37830-6447-517a-8831-2f37467a6299', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', 'ce7e3994c21b78f413bce35559a82d01372aa0b7acc69291fca202a59d3c5af0', '{"at":1793606460000000,"lines":[{"sku":"CUP","node":"W1","quantity":3}]}'),
(2, 'main', 'stock', 'D-1', 1, '7974303b-17f1-51a5-8862-51ca0e283048', 'stock.overdraft_set', 1, 1793606520000000, '3bd4fba3-acad-54e1-8eef-ab35a06ed5ef', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', '1f0e8654cc94fc9800c2a1fbd3f9c23504596a5d4542f28571eb280260f720c2', '{"at":1793606520000000,"sku":"CUP","node":"W1","overdraft":5}'),
(3, 'main', 'order', 'C-1', 1, '1b913261-5f28-5879-aee7-5cf59593f397', 'order.captured', 1, 1793606580000000, 'b6633d3b-7d78-5286-9f86-e7c56d1cd8c5', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', '98b9819292e9fecf65134f47e53a2ab6aeac300731bda518e2c8c3bcebf822b3', '{"at":1793606580000000,"customer":"P","placed_at":1793606520000000,"sign_off":"delivery","external_key":"","lines":[{"line":1,"sku":"CUP","quantity":8}]}'),
(4, 'main', 'order', 'C-1', 2, 'ab2381e2-855a-55eb-973a-ad236b89ec63', 'order.promised', 1, 1793606580000000, 'b6633d3b-7d78-5286-9f86-e7c56d1cd8c5', 1, 'clerk', 'web', '98b9819292e9fecf65134f47e53a2ab6aeac300731bda518e2c8c3bcebf822b3', '923b24302b19e92cb5110a9fa0569fc430050a74aa6fb8d3a43fe3417ac5507d', '{"at":1793606580000000,"promised_at":1794384120000000,"cause":"first","note":""}'),
(5, 'main', 'order', 'C-1', 3, '151fadae-15aa-5248-878e-15f2ce37d17b', 'order.stock_held', 1, 1793606640000000, 'e6fc67ba-4c9e-5d23-977d-446601e48971', 0, 'clerk', 'web', '923b24302b19e92cb5110a9fa0569fc430050a74aa6fb8d3a43fe3417ac5507d', '0931cf0c80fb44a8abd16304d7f5e182042e893e66da0825d2346e5dcb1baf9a', '{"at":1793606640000000,"takes":[{"line":1,"sku":"CUP","node":"W1","quantity":8}],"generation":1}'),
(6, 'main', 'order', 'C-1', 4, '1313f3e3-5ff8-5d5c-9e42-add547aebf6d', 'order.shipped', 1, 1793606700000000, '34660431-9cfd-5926-9e00-cef99a68494c', 0, 'clerk', 'web', '0931cf0c80fb44a8abd16304d7f5e182042e893e66da0825d2346e5dcb1baf9a', '6a5afd3a99791ce61756475fe34b3d5e0d8a1327084f61ccafec4fdfa7765e3e', '{"at":1793606700000000,"shipment":"S-1","shipped_at":1793606640000000,"takes":[{"line":1,"sku":"CUP","node":"W1","quantity":8}],"carrier":"","waybill":"","serials":[]}'),
(7, 'main', 'stock', 'R-2', 1, 'e7b78b4c-363a-5615-8463-06d66a429f83', 'stock.received', 1, 1793606760000000, '1f920e54-3739-53bc-9e8e-5dbbebaab58f', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', 'c7de885a2fd8908e23364d3ed4a68333ce5d6d385db1330149caed1f3d4911ae', '{"at":1793606760000000,"lines":[{"sku":"LAMP","node":"W1","quantity":3}]}'),
(8, 'main', 'stock', 'D-2', 1, '2bf034c7-5c32-5435-b0b7-c2a4482136a0', 'stock.overdraft_set', 1, 1793606820000000, 'a2e5ad47-d594-555d-9c1e-036706b2a5c6', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', '1f33c30a14d7e13fb1e19c0c0f32a6b9b07218ad39b6cb6e3abbc2c30aedba69', '{"at":1793606820000000,"sku":"LAMP","node":"W1","overdraft":4}'),
(9, 'main', 'order', 'L-1', 1, 'c6b9052e-d3a4-5bee-a5c2-6ab6063d1f81', 'order.captured', 1, 1793606880000000, 'ffd94f22-de9e-56d9-90e2-1f0817943312', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', 'd7169e151072c941ca2f53b377e3257967dbd132b37cf6d6498ea509fde83fce', '{"at":1793606880000000,"customer":"P","placed_at":1793606820000000,"sign_off":"delivery","external_key":"","lines":[{"line":1,"sku":"LAMP","quantity":3}]}'),
(10, 'main', 'order', 'L-1', 2, '783b4722-a7c4-522d-ad83-a31026f1ed32', 'order.promised', 1, 1793606880000000, 'ffd94f22-de9e-56d9-90e2-1f0817943312', 1, 'clerk', 'web', 'd7169e151072c941ca2f53b377e3257967dbd132b37cf6d6498ea509fde83fce', 'e1c877399f779e6c96d46322e94506dbc59f5ec49f2333cae0990d73c19fe721', '{"at":1793606880000000,"promised_at":1794384420000000,"cause":"first","note":""}'),
(11, 'main', 'order', 'L-1', 3, 'faa031d4-acfb-56cf-97f0-0ec42ebbbc05', 'order.stock_held', 1, 1793606940000000, '92110c9f-cbed-59ba-bb5d-4e9e34806e5f', 0, 'clerk', 'web', 'e1c877399f779e6c96d46322e94506dbc59f5ec49f2333cae0990d73c19fe721', '850d6a5751d0cc099273c0037a83699ae3ec6e468ff8bf14b6e3438fcdf77f67', '{"at":1793606940000000,"takes":[{"line":1,"sku":"LAMP","node":"W1","quantity":3}],"generation":1}'),
(12, 'main', 'order', 'L-2', 1, '465c7943-1a2b-57e4-92af-d9db612807d2', 'order.captured', 1, 1793607000000000, '0021d9d6-f769-5b8c-9bd4-223d4c6c815b', 0, 'clerk', 'web', '0000000000000000000000000000000000000000000000000000000000000000', 'e6ba537ae27d09b862f204cc4fad8f485e301b2347a3ce3bec200638968f890a', '{"at":1793607000000000,"customer":"P","placed_at":1793606940000000,"sign_off":"delivery","external_key":"","lines":[{"line":1,"sku":"LAMP","quantity":4}]}'),
(13, 'main', 'order', 'L-2', 2, '2053f29a-ff10-5913-8d55-80200d6c3d18', 'order.promised', 1, 1793607000000000, '0021d9d6-f769-5b8c-9bd4-223d4c6c815b', 1, 'clerk', 'web', 'e6ba537ae27d09b862f204cc4fad8f485e301b2347a3ce3bec200638968f890a', '39ed2d7144e345c18bdc655029bf91c7a014878648e092a99accc3e2b46b679d', '{"at":1793607000000000,"promised_at":1794384540000000,"cause":"first","note":""}'),
(14, 'main', 'order', 'L-2', 3, 'a740bfe9-14ba-594f-ba97-47d067f26616', 'order.stock_held', 1, 1793607060000000, 'd172a125-777d-51c2-8176-b9ac8b1d346c', 0, 'clerk', 'web', '39ed2d7144e345c18bdc655029bf91c7a014878648e092a99accc3e2b46b679d', 'adea58b95b6dbbb6d3716357327c52b2f096123a1da10ef729d5167d1deef82f', '{"at":1793607060000000,"takes":[{"line":1,"sku":"LAMP","node":"W1","quantity":4}],"generation":1}');

INSERT INTO om_feed (tenant, feed_pos, event_pos) VALUES
('main', 1, 1),
('main', 2, 2),
('main', 3, 3),
('main', 4, 4),
('main', 5, 5),
('main', 6, 6),
('main', 7, 7),
('main', 8, 8),
('main', 9, 9),
('main', 10, 10),
('main', 11, 11),
('main', 12, 12),
('main', 13, 13),
('main', 14, 14);

INSERT INTO om_cell (cell_id, tenant, sku, node, lot, owner, supply, available, reserved, committed, in_transit, shipped, quarantine, scrap, overdraft) VALUES
(1, 'main', 'CUP', 'W1', '', '', -3, -5, 0, 0, 0, 8, 0, 0, 5),
(2, 'main', 'LAMP', 'W1', '', '', -3, -4, 7, 0, 0, 0, 0, 0, 4);

INSERT INTO om_posting (posting_pos, command_pos, from_cell, from_account, to_cell, to_account, quantity) VALUES
(1, 1, 1, 0, 1, 1, 3),
(2, 4, 1, 1, 1, 2, 8),
(3, 5, 1, 2, 1, 5, 8),
(4, 6, 2, 0, 2, 1, 3),
(5, 9, 2, 1, 2, 2, 3),
(6, 11, 2, 1, 2, 2, 4);

INSERT INTO om_hold (tenant, order_key, line, cell_id, quantity) VALUES
('main', 'L-1', 1, 2, 3),
('main', 'L-2', 1, 2, 4);

INSERT INTO om_open_line (tenant, sku, order_key, line, unheld, held, tier, placed_at, due_at, customer_level, payment_method, paid, priority, blocked) VALUES
('main', 'LAMP', 'L-1', 1, 0, 3, 2, 1793606820000000, 1794384420000000, '', '', 0, 0, 0),
('main', 'LAMP', 'L-2', 1, 0, 4, 2, 1793606940000000, 1794384540000000, '', '', 0, 0, 0);
