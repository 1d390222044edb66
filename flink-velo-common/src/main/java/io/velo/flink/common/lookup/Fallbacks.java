// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.lookup;

import io.velo.flink.common.error.ErrorCode;
import io.velo.flink.common.error.Problem;
import io.velo.flink.common.scheme.TableRequest;
import io.velo.flink.common.secret.Secret;
import io.velo.flink.common.uri.VeloUri;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** The servers of {@code fallback.uris}. For planning; stateless. */
public final class Fallbacks {

    /** A comma that starts another URI, as against one between two hosts. */
    private static final Pattern BETWEEN =
            Pattern.compile("\\s*,\\s*(?=[A-Za-z][A-Za-z0-9+.-]*://)");

    private Fallbacks() {}

    /**
     * The same request to each server of {@code fallback.uris}, in their order; none if the option
     * is not given. Path, options and, unless the URI has one, login are those of the table.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-OPT-001} if a URI is of another
     *     scheme or names more than servers, or what is wrong with its syntax
     */
    public static List<TableRequest> of(TableRequest request) {
        Optional<Secret> option = request.options().find(LookupOptions.FALLBACK_URIS);
        List<TableRequest> requests = new ArrayList<>();
        if (option.isPresent()) {
            for (String text : BETWEEN.split(option.get().written().trim())) {
                VeloUri server = VeloUri.parse(text);
                check(server, request);
                requests.add(request.withServer(server));
            }
        }
        return requests;
    }

    private static void check(VeloUri server, TableRequest request) {
        boolean bare = server.pathSegments().isEmpty() && server.parameters().isEmpty();
        if (!server.scheme().equals(request.uri().scheme()) || !bare || server.hosts().isEmpty()) {
            throw Problem.of(
                            ErrorCode.OPTION_VALUE,
                            "Option 'fallback.uris' holds '"
                                    + server
                                    + "', which is not just a server of scheme '"
                                    + request.uri().scheme()
                                    + "'.")
                    .at(request.uri().toString())
                    .remedy(
                            "Write "
                                    + request.uri().scheme()
                                    + "://host:port; path and parameters are those of the table.")
                    .toException();
        }
    }
}
