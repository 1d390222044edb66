// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.postgres.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.postgres.connect.PatientSession;
import io.velo.flink.postgres.connect.PermanentFailure;
import io.velo.flink.postgres.connect.SessionPurpose;
import io.velo.flink.postgres.meta.RelationReader;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.functions.AsyncLookupFunction;
import org.apache.flink.table.functions.FunctionContext;

/**
 * Looks up rows of a table by key without blocking the task: keys are put together into requests,
 * which a few threads send, each over a connection of its own. A key that is NULL in any column, or
 * that the column cannot hold, has no rows; a key that is not unique has many.
 *
 * <p>One per subtask. {@link #asyncLookup} is called by the task's thread; answers come from other
 * threads.
 */
public final class PostgresLookupFunction extends AsyncLookupFunction {

    private static final long serialVersionUID = 1L;

    /** While one request is under way the next is put together. */
    private static final int CONNECTIONS = 2;

    private static final long CLOSE_MILLIS = 10_000;

    private final TableLookup lookup;

    private transient LookupPlan plan;
    private transient KeyQueue queue;
    private transient List<LookupWorker> workers;
    private transient List<Thread> threads;

    /** A function for this lookup. */
    public PostgresLookupFunction(TableLookup lookup) {
        this.lookup = lookup;
    }

    @Override
    public void open(FunctionContext context) throws Exception {
        try {
            plan = describe();
        } catch (VeloException e) {
            throw PermanentFailure.orPassing(e);
        }
        queue = new KeyQueue(lookup.limits());
        workers = new ArrayList<>();
        threads = new ArrayList<>();
        for (int i = 0; i < CONNECTIONS; i++) {
            LookupWorker worker = new LookupWorker(lookup, plan, queue);
            Thread thread = new Thread(worker, "velo-postgresql-lookup-" + i);
            thread.setDaemon(true);
            thread.setContextClassLoader(PostgresLookupFunction.class.getClassLoader());
            workers.add(worker);
            threads.add(thread);
            thread.start();
        }
    }

    private LookupPlan describe() throws InterruptedException {
        return PatientSession.ask(
                lookup.settings(),
                SessionPurpose.DISCOVERY,
                lookup.backoff(),
                lookup.work(),
                session ->
                        new LookupPlan(lookup, RelationReader.tryRead(session, lookup.relation())));
    }

    @Override
    public CompletableFuture<Collection<RowData>> asyncLookup(RowData key) {
        CompletableFuture<Collection<RowData>> answer = new CompletableFuture<>();
        List<String> values = plan.encode(key);
        if (values == null) {
            answer.complete(List.of());
        } else if (!queue.add(new PendingKey(values, answer))) {
            answer.completeExceptionally(closed());
        }
        return answer;
    }

    private VeloException closed() {
        return Problem.of(ErrorCode.IO_SERVER, "The lookup is closed.")
                .at(lookup.settings().place())
                .toException();
    }

    @Override
    public void close() throws Exception {
        if (queue == null) {
            return;
        }
        queue.close().forEach(key -> key.answer().completeExceptionally(closed()));
        workers.forEach(LookupWorker::abort);
        for (Thread thread : threads) {
            thread.join(CLOSE_MILLIS);
        }
    }
}
