// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.TableRequest;
import java.time.Duration;

/** What to say about a URI without a topic, and how to wait for a topic that is not there yet. */
final class MissingTopic {

    private static final long PAUSE_MILLIS = 500;

    private MissingTopic() {}

    /** The problem of a URI that names no topic, with the topics that it could name. */
    static Problem problem(TableRequest request) {
        String candidates = "";
        try (TopicDirectory directory = TopicDirectory.open(request)) {
            candidates = " " + TopicDirectory.shown(directory.topics());
        } catch (VeloException e) {
            // The brokers cannot be asked: the problem is told without candidates.
            candidates = "";
        }
        return problem(request, candidates);
    }

    /**
     * @param candidates a sentence with a blank in front, or empty
     */
    static Problem problem(TableRequest request, String candidates) {
        return Problem.of(ErrorCode.URI_NO_OBJECT, "The URI names no topic.")
                .at(Redacted.uri(request))
                .remedy("Write kafka://host:9092/topic." + candidates);
    }

    /**
     * Waits until the topics of a table exist, as long as {@code wait-timeout} says; returns at
     * once if it is 0.
     *
     * @throws VeloException {@code VELO-SCH-004} if they still do not exist then
     */
    static void await(TableRequest request, Topics topics) {
        Duration wait = request.options().get(KafkaOptions.WAIT_TIMEOUT);
        if (wait.isZero()) {
            return;
        }
        long end = System.nanoTime() + wait.toNanos();
        try (TopicDirectory directory = TopicDirectory.open(request)) {
            while (true) {
                try {
                    directory.partitions(topics);
                    return;
                } catch (VeloException e) {
                    boolean missing = e.problems().get(0).code() == ErrorCode.SCHEMA_NO_TABLE;
                    if (!missing || System.nanoTime() >= end) {
                        throw e;
                    }
                    Thread.sleep(PAUSE_MILLIS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of(request, e);
        }
    }
}
