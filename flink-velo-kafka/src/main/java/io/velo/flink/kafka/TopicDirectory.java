// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.text.NearestMatch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.ListTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.acl.AclOperation;

/**
 * What the brokers of a URI know about topics. Every question ends within a few seconds. Opened for
 * one planning step and closed after it; not thread-safe.
 */
final class TopicDirectory implements AutoCloseable {

    private static final Duration ANSWER = Duration.ofSeconds(5);
    private static final int SHOWN = 10;

    private final TableRequest request;
    private final Admin admin;
    private final Deadline deadline;

    private TopicDirectory(TableRequest request, Admin admin, Deadline deadline) {
        this.request = request;
        this.admin = admin;
        this.deadline = deadline;
    }

    /**
     * Connects to the brokers.
     *
     * @throws io.velo.flink.common.error.VeloException if none can be reached or an option is wrong
     */
    static TopicDirectory open(TableRequest request) {
        return open(request, Deadline.ofDiscovery());
    }

    /** The same with a deadline for this and every later question together. */
    static TopicDirectory open(TableRequest request, Deadline deadline) {
        Problems problems = new Problems();
        Map<String, Object> settings =
                new HashMap<>(new Connection(request, problems).forAdministration());
        problems.throwIfAny();
        BrokerReach.require(request);
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int) ANSWER.toMillis());
        settings.put(AdminClientConfig.RECONNECT_BACKOFF_MS_CONFIG, 500L);
        return OwnClassLoader.call(
                () -> {
                    try {
                        return new TopicDirectory(request, Admin.create(settings), deadline);
                    } catch (RuntimeException e) {
                        throw KafkaFailure.ofSetup(request, e);
                    }
                });
    }

    /** The brokers as they tell their addresses. */
    List<Node> nodes() {
        return List.copyOf(answer(admin.describeCluster().nodes()));
    }

    /** The topics that the login may see, sorted, without Kafka's internal ones. */
    TreeSet<String> topics() {
        return new TreeSet<>(
                answer(admin.listTopics(new ListTopicsOptions().listInternal(false)).names()));
    }

    /**
     * The partitions of the topics that a table names.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-SCH-004} if a topic does not
     *     exist, with the nearest ones that do
     */
    List<TopicPartition> partitions(Topics topics) {
        TreeSet<String> existing = topics();
        List<String> found = topics.among(existing);
        if (found.isEmpty() || found.size() < topics.names().size()) {
            throw missing(topics, existing, found);
        }
        List<TopicPartition> partitions = new ArrayList<>();
        for (TopicDescription topic :
                answer(admin.describeTopics(found).allTopicNames()).values()) {
            topic.partitions()
                    .forEach(p -> partitions.add(new TopicPartition(topic.name(), p.partition())));
        }
        return partitions;
    }

    /**
     * What the login may do with the topics of a table, in words.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-IO-003} if it may not read, or
     *     write in the role of a sink
     */
    String requirePrivileges(Topics topics) {
        AclOperation needed =
                request.role() == OptionRole.SINK ? AclOperation.WRITE : AclOperation.READ;
        DescribeTopicsOptions withOperations =
                new DescribeTopicsOptions().includeAuthorizedOperations(true);
        for (TopicDescription topic :
                answer(admin.describeTopics(topics.among(topics()), withOperations).allTopicNames())
                        .values()) {
            if (topic.authorizedOperations() == null) {
                return "not told by the brokers";
            }
            if (!topic.authorizedOperations().contains(needed)) {
                throw Problem.of(
                                ErrorCode.IO_PRIVILEGE,
                                "The login may not "
                                        + needed.name().toLowerCase(Locale.ROOT)
                                        + " topic '"
                                        + topic.name()
                                        + "'.")
                        .at(Redacted.uri(request))
                        .remedy("Grant " + needed + " and DESCRIBE on it.")
                        .toException();
            }
        }
        return needed.name().toLowerCase(Locale.ROOT);
    }

    private RuntimeException missing(Topics topics, TreeSet<String> existing, List<String> found) {
        List<String> absent =
                topics.names().stream().filter(name -> !found.contains(name)).toList();
        String sentence =
                absent.isEmpty()
                        ? "No topic matches the pattern."
                        : "Topic '"
                                + absent.get(0)
                                + "' does not exist."
                                + NearestMatch.question(absent.get(0), existing);
        return Problem.of(ErrorCode.SCHEMA_NO_TABLE, sentence)
                .at(Redacted.uri(request))
                .remedy(
                        shown(existing)
                                + " wait_timeout=30s waits for a topic that is about to be made.")
                .toException();
    }

    /** The existing topics in a sentence. */
    static String shown(TreeSet<String> existing) {
        if (existing.isEmpty()) {
            return "The brokers have no topic that this login may see.";
        }
        return "Topics: "
                + String.join(", ", existing.stream().limit(SHOWN).toList())
                + (existing.size() > SHOWN ? ", and " + (existing.size() - SHOWN) + " more." : ".");
    }

    private <T> T answer(KafkaFuture<T> future) {
        try {
            return future.get(deadline.millisLeft(ANSWER.toMillis()), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw KafkaFailure.of(request, e);
        } catch (Exception e) {
            throw KafkaFailure.of(request, e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(1));
    }
}
