-- OrderKernel on SQLite, schema version 5: a customer's orders by promise are read in that order.

CREATE INDEX om_board_customer_promise ON om_board (tenant, customer, promise, order_key);

INSERT INTO om_schema (version) VALUES (5);
