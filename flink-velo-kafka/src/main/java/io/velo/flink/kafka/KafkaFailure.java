// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.scheme.TableRequest;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.SslAuthenticationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/** Says in Velo's words what a Kafka client complains about. */
final class KafkaFailure {

    private static final int MAX_REPLY = 200;

    private KafkaFailure() {}

    /** The exception to throw for a failure of a client; one of ours stays as it is. */
    static VeloException of(TableRequest request, Throwable failure) {
        Throwable cause = failure;
        while ((cause instanceof ExecutionException || cause instanceof CompletionException)
                && cause.getCause() != null) {
            cause = cause.getCause();
        }
        for (Throwable inner = cause; inner != null; inner = inner.getCause()) {
            if (inner instanceof VeloException velo) {
                return velo;
            }
        }
        return problem(cause).at(Redacted.uri(request)).toException(cause);
    }

    /**
     * The exception to throw for a failure of a running client.
     *
     * @param place the table's URI without secrets
     */
    static VeloException at(String place, Throwable failure) {
        return problem(failure).at(place).toException(failure);
    }

    /** Whether a record failed by itself, while others go through. */
    static boolean isAboutTheRow(Throwable failure) {
        return failure instanceof RecordTooLargeException
                || failure instanceof RecordBatchTooLargeException
                || failure instanceof InvalidRecordException
                || failure instanceof InvalidTimestampException
                || failure instanceof SerializationException;
    }

    /** The exception to throw if a client cannot be built, before it has asked anybody. */
    static VeloException ofSetup(TableRequest request, Throwable failure) {
        Throwable inner = failure;
        while (inner.getCause() != null && !(inner instanceof VeloException)) {
            inner = inner.getCause();
        }
        if (inner instanceof VeloException velo) {
            return velo;
        }
        return Problem.of(
                        ErrorCode.OPTION_VALUE,
                        "Kafka's client refuses its settings: "
                                + inner.getClass().getSimpleName()
                                + ": "
                                + reply(inner)
                                + ".")
                .at(Redacted.uri(request))
                .remedy("Check the ssl and sasl options: files, passwords, mechanism.")
                .toException(failure);
    }

    private static Problem problem(Throwable failure) {
        Throwable cause = failure;
        // A client that cannot be built wraps the reason.
        while (cause.getCause() instanceof KafkaException && !(cause instanceof TimeoutException)) {
            cause = cause.getCause();
        }
        if (isAboutTheRow(cause)) {
            return Problem.of(ErrorCode.SCHEMA_VALUE, "Kafka rejects a record: " + reply(cause))
                    .remedy(
                            cause instanceof RecordTooLargeException
                                    ? "Raise max_request_size and the topic's max.message.bytes,"
                                            + " or compress with compression_type."
                                    : "'failure.strategy' can leave such rows out or send them to"
                                            + " dead letters.");
        }
        if (cause instanceof SslAuthenticationException) {
            return Problem.of(
                            ErrorCode.IO_AUTHENTICATION,
                            "The TLS handshake with the Kafka brokers failed.")
                    .remedy(
                            "Is the brokers' certificate signed by one in ssl_truststore_location,"
                                    + " and does it name the host of the URI?");
        }
        if (cause instanceof AuthenticationException) {
            return Problem.of(ErrorCode.IO_AUTHENTICATION, "The Kafka brokers refuse the login.")
                    .remedy(
                            "Check user name, password and sasl_mechanism: the mechanism must be"
                                    + " one that the brokers offer.");
        }
        if (cause instanceof AuthorizationException) {
            return Problem.of(
                            ErrorCode.IO_PRIVILEGE,
                            "The login lacks a privilege: " + reply(cause) + ".")
                    .remedy("Grant DESCRIBE and READ, or WRITE, on the topic.");
        }
        if (cause instanceof TimeoutException
                || cause instanceof java.util.concurrent.TimeoutException) {
            return Problem.of(ErrorCode.IO_TIMEOUT, "The Kafka brokers do not answer in time.")
                    .remedy(
                            "Do they speak Kafka with this security_protocol at this address, and"
                                    + " can the addresses that they advertise be reached from here?");
        }
        if (cause instanceof UnsupportedVersionException) {
            return Problem.of(ErrorCode.IO_PROTOCOL, "The Kafka brokers are too old.")
                    .remedy("Kafka 2.1 or newer is needed.");
        }

        return Problem.of(
                ErrorCode.IO_SERVER, "The Kafka brokers answer with an error: " + reply(cause));
    }

    private static String reply(Throwable cause) {
        String text = String.valueOf(cause.getMessage()).strip();
        return text.length() > MAX_REPLY ? text.substring(0, MAX_REPLY) + "…" : text;
    }
}
