// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.redis;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.Problems;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.uri.HostPort;
import io.velo.flink.common.uri.VeloUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a URI and its options name: a server, and the keys on it that are the rows of the table.
 * Immutable, therefore thread-safe.
 *
 * @param endpoint the server
 * @param name the table's name in Flink, for messages
 * @param keyPattern the template or glob of the keys, if one is given
 * @param type what the keys hold, if it is said
 */
record RedisTable(
        RedisEndpoint endpoint,
        String name,
        Optional<String> keyPattern,
        Optional<ValueType> type) {

    static final int DEFAULT_PORT = 6379;

    private static final String DEFAULT_HOST = "localhost";
    private static final String TLS_SCHEME = "rediss";
    private static final String SCAN_WORD = "keys";

    /**
     * Reads the URI and those options that mean the same in every role.
     *
     * @throws io.velo.flink.common.error.VeloException with everything that is wrong or not built
     */
    static RedisTable of(TableRequest request) {
        Problems problems = new Problems();
        VeloUri uri = request.uri();
        ResolvedOptions options = request.options();
        HostPort host = host(uri, problems);
        int database = database(uri, problems);
        checkLogin(request, problems);
        refuseWhatIsNotBuilt(options, problems);
        boolean tls = uri.scheme().equals(TLS_SCHEME) || options.get(RedisOptions.TLS);
        if (uri.scheme().equals(TLS_SCHEME)
                && options.isSet(RedisOptions.TLS)
                && !options.get(RedisOptions.TLS)) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "Scheme 'rediss' and 'tls'='false' contradict each other.")
                            .at(uri.toString())
                            .remedy("Write redis:// for a connection in clear."));
        }
        problems.throwIfAny();
        return new RedisTable(
                new RedisEndpoint(host.host(), host.port(), database, tls, request.credentials()),
                request.identifier().asSummaryString(),
                options.find(RedisOptions.KEY_PATTERN),
                type(options));
    }

    /** A format says that the values are strings. */
    private static Optional<ValueType> type(ResolvedOptions options) {
        return options.isSet(RedisOptions.FORMAT)
                ? Optional.of(ValueType.STRING)
                : options.find(RedisOptions.TYPE);
    }

    private static HostPort host(VeloUri uri, Problems problems) {
        List<HostPort> hosts = uri.hosts();
        if (hosts.size() > 1) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_NOT_BUILT,
                                    "Several hosts (Redis Cluster or Sentinel) are not built yet in"
                                            + " this version of Velo.")
                            .at(uri.toString())
                            .remedy("Name one server that is not in cluster mode."));
        }
        HostPort first =
                hosts.isEmpty() ? new HostPort(DEFAULT_HOST, HostPort.NOT_GIVEN) : hosts.get(0);
        return first.orPort(DEFAULT_PORT);
    }

    /** A number is the database, {@code keys/…} a scan, anything else a stream. */
    private static int database(VeloUri uri, Problems problems) {
        List<String> segments = new ArrayList<>(uri.pathSegments());
        int database = 0;
        if (!segments.isEmpty() && segments.get(0).matches("\\d{1,9}")) {
            database = Integer.parseInt(segments.remove(0));
        }
        if (!segments.isEmpty()) {
            boolean scan = segments.get(0).equals(SCAN_WORD) && segments.size() > 1;
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_NOT_BUILT,
                                    scan
                                            ? "Scanning keys (/keys/<pattern> in the URI) is not"
                                                    + " built yet in this version of Velo."
                                            : "Redis streams (a name in the path of the URI) are"
                                                    + " not built yet in this version of Velo.")
                            .at(uri.toString())
                            .remedy(
                                    "For lookups and sinks name the keys by a template, such as"
                                            + " redis://host:6379/0?key_pattern=user:{id}."));
        }
        return database;
    }

    private static void checkLogin(TableRequest request, Problems problems) {
        if (!request.credentials().user().isEmpty() && !request.credentials().hasPassword()) {
            problems.add(
                    Problem.of(ErrorCode.OPTION_MISSING, "A user name is given without a password.")
                            .at(request.uri().toString())
                            .remedy(
                                    "Give 'password', best as ${env:VELO_…}; for a user without"
                                            + " one any text will do."));
        }
    }

    private static void refuseWhatIsNotBuilt(ResolvedOptions options, Problems problems) {
        options.find(RedisOptions.TYPE)
                .filter(type -> !type.isBuilt())
                .ifPresent(type -> problems.add(notBuilt(RedisOptions.TYPE, type, "hash, string")));
        ValueFormat format = options.get(RedisOptions.FORMAT);
        if (format != ValueFormat.JSON) {
            problems.add(notBuilt(RedisOptions.FORMAT, format, "json"));
        }
        if (options.isSet(RedisOptions.FORMAT)
                && options.find(RedisOptions.TYPE).filter(t -> t == ValueType.HASH).isPresent()) {
            problems.add(
                    Problem.of(
                                    ErrorCode.OPTION_CONFLICT,
                                    "Option 'format' has no meaning for 'type'='hash'.")
                            .remedy("Remove 'format', or use 'type'='string'."));
        }
    }

    /** The standard sentence for a value that the product has and this version does not. */
    static Problem notBuilt(SchemeOption<?> option, Enum<?> value, String built) {
        String printed = value.name().toLowerCase(java.util.Locale.ROOT).replace('_', '-');
        return Problem.of(
                        ErrorCode.OPTION_NOT_BUILT,
                        "'"
                                + option.key()
                                + "'='"
                                + printed
                                + "' is not built yet in this version"
                                + " of Velo.")
                .remedy("Built: " + built + ".");
    }
}
