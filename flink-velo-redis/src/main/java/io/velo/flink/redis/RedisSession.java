// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.retry.BreakerPlan;
import io.velo.flink.common.retry.EndpointBreaker;
import io.velo.flink.common.retry.EndpointHealth;
import io.velo.flink.common.retry.Retry;
import io.velo.flink.common.retry.RetryBudget;
import io.velo.flink.common.retry.RetryListener;
import io.velo.flink.common.retry.RetryPlan;
import io.velo.flink.common.retry.Waiting;
import java.io.IOException;
import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import redis.clients.jedis.CommandArguments;
import redis.clients.jedis.Connection;
import redis.clients.jedis.Protocol.Command;
import redis.clients.jedis.exceptions.JedisDataException;
import redis.clients.jedis.exceptions.JedisException;

/**
 * One connection to one server, kept alive: sends batches of commands as a pipeline, reads every
 * reply, opens a new connection when one is lost, and repeats the groups of commands that failed
 * for a reason that passes by itself. The commands must therefore be repeatable. Not thread-safe.
 */
final class RedisSession implements AutoCloseable {

    private static final EndpointBreaker NO_BREAKER = EndpointBreaker.of("", BreakerPlan.HOUSE);

    private final RedisEndpoint endpoint;
    private final Retry retry;
    private final EndpointBreaker breaker;
    private final EndpointHealth health = new EndpointHealth();
    private final boolean tellsPassing;
    private volatile Connection connection;
    private int attempts;
    private Duration spent = Duration.ZERO;

    /** A session that is not open yet and tells nobody of further attempts. */
    RedisSession(RedisEndpoint endpoint, RetryPlan plan) {
        this(endpoint, plan, RetryListener.SILENT, NO_BREAKER);
    }

    /**
     * A session that is not open yet.
     *
     * @param breaker what a call waits for while the server is to be left alone
     */
    RedisSession(
            RedisEndpoint endpoint,
            RetryPlan plan,
            RetryListener listener,
            EndpointBreaker breaker) {
        this(endpoint, Retry.of(plan, PassingFault::classify).telling(listener), breaker, false);
    }

    private RedisSession(
            RedisEndpoint endpoint, Retry retry, EndpointBreaker breaker, boolean tellsPassing) {
        this.endpoint = endpoint;
        this.retry = retry;
        this.breaker = breaker;
        this.tellsPassing = tellsPassing;
    }

    /**
     * A session that makes one attempt and throws {@link PassingFault}, for those who try again
     * themselves.
     */
    static RedisSession ofOneAttempt(RedisEndpoint endpoint) {
        return new RedisSession(
                endpoint, Retry.of(RetryPlan.ONCE, PassingFault::classify), NO_BREAKER, true);
    }

    /** How well the server is, by the calls of this session. */
    EndpointHealth health() {
        return health;
    }

    /** The server. */
    RedisEndpoint endpoint() {
        return endpoint;
    }

    /**
     * Opens the connection if there is none, so that a wrong address or login shows at once.
     *
     * @throws VeloException if the server cannot be reached or refuses the login
     */
    void open() throws InterruptedException {
        run(new CommandBatch());
    }

    /**
     * Sends one command.
     *
     * @return the reply
     * @throws VeloException as {@link #run}, and for every error reply
     */
    Object ask(CommandArguments command) throws InterruptedException {
        Object reply = run(new CommandBatch().single(command))[0];
        if (reply instanceof JedisDataException error) {
            throw RedisProblems.reply(endpoint, error);
        }
        return reply;
    }

    /**
     * Sends all commands of a batch in one pipeline.
     *
     * @return the replies, one per command in the batch's order; a {@link JedisDataException} among
     *     them is an error that repeating does not cure
     * @throws VeloException if the server cannot be reached or refuses the login, or if an error
     *     that should pass did not pass in time
     * @throws InterruptedException if the thread is interrupted while it waits for the next attempt
     */
    Object[] run(CommandBatch batch) throws InterruptedException {
        Object[] replies = new Object[batch.size()];
        BitSet open = new BitSet(batch.groups());
        open.set(0, batch.groups());
        try {
            return retry.call(budget -> attempt(batch, open, replies, budget));
        } catch (PassingFault e) {
            throw tellsPassing ? e : e.problem(attempts, spent);
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (connection != null) {
            try {
                connection.disconnect();
            } catch (JedisException ignored) {
                // The socket is closed either way, and nothing is waiting for the server any more.
            }
            connection = null;
        }
    }

    /** Cuts the connection, so that a wait for its answer ends. Any thread. */
    void abort() {
        Connection open = connection;
        if (open != null) {
            try {
                open.forceDisconnect();
            } catch (IOException ignored) {
                // The socket is closed either way.
            }
        }
    }

    /** One attempt for the groups that are still open; fails if some still are after it. */
    private Object[] attempt(CommandBatch batch, BitSet open, Object[] replies, RetryBudget budget)
            throws InterruptedException {
        breaker.awaitCall(Waiting.SLEEPING);
        try {
            exchange(batch, open, replies);
            breaker.succeeded();
            health.good();
            return replies;
        } catch (PassingFault e) {
            breaker.failed();
            health.bad();
            attempts = budget.attempt();
            spent = budget.elapsed();
            if (Thread.interrupted()) {
                // What was cut is the cancelled task's own wait.
                close();
                throw new InterruptedException();
            }
            throw e;
        } catch (RuntimeException e) {
            breaker.succeeded();
            health.good();
            throw e;
        }
    }

    private void exchange(CommandBatch batch, BitSet open, Object[] replies) {
        try {
            connect();
            send(batch, open, replies);
        } catch (JedisDataException e) {
            close();
            VeloException failure = RedisProblems.reply(endpoint, e);
            throw ReplyFault.of(e).isTransient() ? PassingFault.reply(failure) : failure;
        } catch (JedisException e) {
            close();
            throw PassingFault.unreachable(endpoint, e);
        }
        VeloException failure = settle(batch, open, replies);
        if (failure != null) {
            throw PassingFault.reply(failure);
        }
    }

    private void connect() {
        if (connection != null && !connection.isBroken()) {
            return;
        }
        close();
        connection = endpoint.connect();
        try {
            connection.executeCommand(Command.PING);
        } catch (JedisDataException e) {
            // A user need not be allowed to PING; that the server answers is enough.
            if (ReplyFault.of(e) != ReplyFault.PRIVILEGE) {
                throw e;
            }
        }
    }

    private void send(CommandBatch batch, BitSet open, Object[] replies) {
        int count = 0;
        for (int group = open.nextSetBit(0); group >= 0; group = open.nextSetBit(group + 1)) {
            for (int i = batch.start(group); i < batch.end(group); i++) {
                connection.sendCommand(batch.command(i));
                count++;
            }
        }
        if (count == 0) {
            return;
        }
        List<Object> received = connection.getMany(count);
        int next = 0;
        for (int group = open.nextSetBit(0); group >= 0; group = open.nextSetBit(group + 1)) {
            for (int i = batch.start(group); i < batch.end(group); i++) {
                replies[i] = received.get(next++);
            }
        }
    }

    /** Closes the groups that are answered; returns why others are not, or null. */
    private VeloException settle(CommandBatch batch, BitSet open, Object[] replies) {
        VeloException failure = null;
        for (int group = open.nextSetBit(0); group >= 0; group = open.nextSetBit(group + 1)) {
            JedisDataException error =
                    ReplyFault.firstError(replies, batch.start(group), batch.end(group));
            ReplyFault fault = error == null ? null : ReplyFault.of(error);
            if (fault == null || !fault.isTransient()) {
                open.clear(group);
            } else {
                failure = RedisProblems.reply(endpoint, error);
                if (fault == ReplyFault.STALE_CONNECTION) {
                    close();
                }
            }
        }
        return failure;
    }
}
