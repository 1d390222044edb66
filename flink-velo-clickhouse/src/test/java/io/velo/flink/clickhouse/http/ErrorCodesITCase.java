// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.clickhouse.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.clickhouse.TestTarget;
import io.velo.flink.clickhouse.codec.Compression;
import io.velo.flink.common.retry.FailureClass;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each of the server's error codes means, by the names that the server itself gives them. */
class ErrorCodesITCase {

    private static final String TRANSIENT =
            "UNEXPECTED_END_OF_FILE TIMEOUT_EXCEEDED TOO_MANY_SIMULTANEOUS_QUERIES"
                    + " NO_FREE_CONNECTION SOCKET_TIMEOUT NETWORK_ERROR NO_ZOOKEEPER ABORTED"
                    + " QUERY_WITH_SAME_ID_IS_ALREADY_RUNNING"
                    + " MEMORY_LIMIT_EXCEEDED TABLE_IS_READ_ONLY NOT_ENOUGH_SPACE"
                    + " UNEXPECTED_ZOOKEEPER_ERROR TOO_MANY_PARTS NO_ACTIVE_REPLICAS"
                    + " ALL_CONNECTION_TRIES_FAILED TOO_FEW_LIVE_REPLICAS"
                    + " UNSATISFIED_QUORUM_FOR_PREVIOUS_WRITE UNKNOWN_STATUS_OF_INSERT"
                    + " QUERY_WAS_CANCELLED SYSTEM_ERROR CANNOT_SCHEDULE_TASK DEADLOCK_AVOIDED"
                    + " CANNOT_ASSIGN_ALTER TABLE_IS_BEING_RESTARTED TCP_CONNECTION_LIMIT_REACHED"
                    + " HTTP_CONNECTION_LIMIT_REACHED KEEPER_EXCEPTION";

    private static final String DOUBTFUL = "FILE_DOESNT_EXIST READONLY";

    private static final String DATA =
            "CANNOT_PARSE_TEXT CANNOT_PARSE_ESCAPE_SEQUENCE CANNOT_PARSE_QUOTED_STRING"
                    + " CANNOT_PARSE_INPUT_ASSERTION_FAILED CANNOT_PARSE_DATE CANNOT_PARSE_DATETIME"
                    + " TYPE_MISMATCH ARGUMENT_OUT_OF_BOUND CANNOT_CONVERT_TYPE CANNOT_PARSE_NUMBER"
                    + " INCORRECT_DATA TOO_LARGE_ARRAY_SIZE SIZES_OF_ARRAYS_DONT_MATCH"
                    + " VALUE_IS_OUT_OF_RANGE_OF_DATA_TYPE CANNOT_INSERT_NULL_IN_ORDINARY_COLUMN"
                    + " CANNOT_PARSE_UUID FUNCTION_THROW_IF_VALUE_IS_NON_ZERO DECIMAL_OVERFLOW"
                    + " CANNOT_PARSE_DOMAIN_VALUE_FROM_STRING CANNOT_PARSE_BOOL VIOLATED_CONSTRAINT"
                    + " CANNOT_PARSE_IPV4 CANNOT_PARSE_IPV6 UNKNOWN_ELEMENT_OF_ENUM";

    @Test
    void everyCodeOfTheServerHasItsClass() throws IOException {
        Map<String, FailureClass> expected = new HashMap<>();
        put(expected, TRANSIENT, FailureClass.TRANSIENT);
        put(expected, DOUBTFUL, FailureClass.DOUBTFUL);
        put(expected, DATA, FailureClass.DATA);
        List<List<String>> codes =
                TestTarget.create()
                        .sql(
                                "SELECT number, errorCodeToName(toUInt32(number)) AS name FROM"
                                        + " numbers(1, 1100) WHERE name != ''");
        assertThat(codes).hasSizeGreaterThan(500);
        for (List<String> code : codes) {
            ServerFailure failure = new ServerFailure(Integer.parseInt(code.get(0)), 500, "x");
            FailureClass should = expected.remove(code.get(1));
            assertThat(failure.failureClass())
                    .as(code.get(1))
                    .isEqualTo(should == null ? FailureClass.PERMANENT : should);
        }
        assertThat(expected).as("names that the server does not have").isEmpty();
    }

    private static void put(Map<String, FailureClass> map, String names, FailureClass type) {
        for (String name : names.split(" ")) {
            map.put(name, type);
        }
    }

    @ParameterizedTest
    @EnumSource(Compression.class)
    void theServersWordsAreReadHoweverTheAnswerTravels(Compression compression) {
        TestTarget target = TestTarget.create();
        assertThatThrownBy(
                        () ->
                                target.transport(compression)
                                        .query(
                                                "SELECT nosuch FROM system.one FORMAT Native",
                                                Map.of()))
                .isInstanceOfSatisfying(
                        ServerFailure.class, failure -> assertThat(failure.code()).isEqualTo(47))
                .hasMessageContaining("`nosuch`");
    }

    @Test
    void aBlockOfTooManyPartitionsIsNotTriedAgain() throws IOException {
        TestTarget target = TestTarget.create();
        target.sql("CREATE TABLE p (n UInt32) ENGINE = MergeTree ORDER BY n PARTITION BY n");
        try {
            target.transport(Compression.NONE)
                    .rows("INSERT INTO p SELECT number FROM numbers(200)");
        } catch (ServerFailure failure) {
            assertThat(failure.code()).isEqualTo(ServerFailure.TOO_MANY_PARTS);
            assertThat(failure.failureClass()).isEqualTo(FailureClass.PERMANENT);
            assertThat(Explanation.of(failure, "The insert", "h", "p"))
                    .hasMessageContaining("more partitions than the server takes");
            return;
        }
        throw new AssertionError("The server took 200 partitions in one block.");
    }
}
