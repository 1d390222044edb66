// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.table.data.GenericRowData;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.StringData;

/** A server of numbers and names in this process, which can be switched off, slow or silent. */
final class Shelf implements LookupServer<Integer> {

    private static final long serialVersionUID = 1L;

    /** By address, as a server is; the plan of a join is serialized. */
    private static final Map<String, Shelf> ALL = new ConcurrentHashMap<>();

    final Map<Integer, String> names = new ConcurrentHashMap<>();
    final List<List<Integer>> requests = new ArrayList<>();
    final AtomicInteger connections = new AtomicInteger();
    volatile boolean down;
    volatile boolean silent;
    volatile Error broken;
    private final String endpoint;

    Shelf(String endpoint) {
        this.endpoint = endpoint;
        ALL.put(endpoint, this);
    }

    @Override
    public String endpoint() {
        return endpoint;
    }

    @Override
    public LookupConnection<Integer> connect() {
        Shelf shelf = ALL.get(endpoint);
        shelf.connections.incrementAndGet();
        if (shelf.broken != null) {
            throw shelf.broken;
        }
        if (shelf.down) {
            throw new Away(endpoint);
        }
        return shelf.new Line();
    }

    /** The server does not answer. */
    static final class Away extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Away(String endpoint) {
            super(endpoint + " is away.");
        }
    }

    /** The server answers with an error. */
    static final class Refused extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Refused() {
            super("No.");
        }
    }

    private final class Line implements LookupConnection<Integer> {

        private final CountDownLatch cut = new CountDownLatch(1);

        @Override
        public void lookUp(List<Integer> keys, LookupAnswers answers) throws InterruptedException {
            synchronized (requests) {
                requests.add(List.copyOf(keys));
            }
            while (silent) {
                if (cut.await(5, TimeUnit.MILLISECONDS)) {
                    throw new Away(endpoint);
                }
            }
            if (down) {
                throw new Away(endpoint);
            }
            for (int i = 0; i < keys.size(); i++) {
                String name = names.get(keys.get(i));
                if ("refused".equals(name)) {
                    throw new Refused();
                } else if ("broken".equals(name)) {
                    answers.failed(i, new IllegalStateException("broken"));
                } else if (name != null) {
                    answers.rows(i, List.of(row(keys.get(i), name)));
                }
            }
        }

        @Override
        public void check() {
            if (down) {
                throw new Away(endpoint);
            }
        }

        @Override
        public void abort() {
            cut.countDown();
        }

        @Override
        public void close() {
            cut.countDown();
        }
    }

    static RowData row(int key, String name) {
        return GenericRowData.of(key, StringData.fromString(name));
    }

    /** The names among some rows. */
    static List<String> names(Collection<RowData> rows) {
        return rows.stream().map(r -> r.isNullAt(1) ? null : r.getString(1).toString()).toList();
    }
}
