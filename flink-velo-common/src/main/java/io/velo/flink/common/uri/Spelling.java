// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import java.util.stream.Collectors;

/** Writes the canonical spelling of a URI that was read from another legal spelling. */
final class Spelling {

    private Spelling() {}

    static String canonical(UriParser uri) {
        StringBuilder text = new StringBuilder(uri.state.text.length());
        text.append(uri.scheme).append(SchemeName.SEPARATOR);
        if (uri.state.form == UriForm.SERVER) {
            appendUser(text, uri.user, uri.password == null ? null : uri.password.written());
            text.append(uri.hosts.stream().map(Spelling::host).collect(Collectors.joining(",")));
        } else {
            text.append(uri.rawAuthority);
        }
        text.append(uri.rawPath);
        appendParameters(text, uri.parameters);
        return text.toString();
    }

    static void appendUser(StringBuilder text, String user, String password) {
        if (user != null) {
            text.append(PercentText.encode(user, UserInfo.RESERVED_IN_USER));
        }
        if (password != null) {
            text.append(':').append(PercentText.encode(password, UserInfo.RESERVED_IN_PASSWORD));
        }
        if (user != null || password != null) {
            text.append('@');
        }
    }

    static void appendParameters(StringBuilder text, Iterable<Parameter> parameters) {
        char separator = '?';
        for (Parameter parameter : parameters) {
            text.append(separator)
                    .append(parameter.name())
                    .append('=')
                    .append(parameter.rawValue());
            separator = '&';
        }
    }

    /** A decoded host as it must be spelled between the commas, without its port. */
    static String hostName(String host) {
        return IpAddress.isVersion6(host)
                ? "[" + host.replace("%", "%25") + "]"
                : PercentText.encode(host, UserInfo.RESERVED_IN_HOST);
    }

    private static String host(HostPort host) {
        String name = hostName(host.host());
        return host.hasPort() ? name + ":" + host.port() : name;
    }
}
