// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.secret.Secret;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * The parsed URI of a table, such as {@code postgresql://user:pw@db1:5432,db2/shop?table=orders}.
 *
 * <p>Two URIs are equal if their canonical spellings are: the scheme in lower case, no needless
 * escapes, no leading zeros in ports; the order of the parameters counts. References such as <code>
 * ${env:VELO_PW}</code> and templates such as <code>{day}</code> are kept as text; inside <code>
 * ${…}</code> neither {@code /} nor {@code :} has a meaning. Nothing is resolved and no I/O is
 * done. Immutable, therefore thread-safe.
 */
public final class VeloUri implements Comparable<VeloUri>, Serializable {

    private static final long serialVersionUID = 1L;

    private final String text;
    private final UriForm form;
    private final transient String scheme;
    private final transient String user;
    private final transient Secret password;
    private final transient List<HostPort> hosts;
    private final transient String authority;
    private final transient String path;
    private final transient String rawPath;
    private final transient List<Parameter> parameters;
    private final transient int[] marks;
    private final transient int hostsStart;
    private final transient int pathStart;
    private final transient int queryStart;

    VeloUri(UriParser parser) {
        text = parser.state.text;
        form = parser.state.form;
        scheme = parser.scheme;
        user = parser.user;
        password = parser.password;
        hosts = parser.hosts;
        authority = parser.authority;
        path = parser.path;
        rawPath = parser.rawPath;
        parameters = parser.parameters;
        marks = parser.marks;
        hostsStart = parser.hostsStart;
        pathStart = parser.pathStart;
        queryStart = parser.queryStart;
    }

    /**
     * Parses a URI in the form that its scheme is known to have; an unknown scheme is a server.
     *
     * @throws io.velo.flink.common.error.VeloException with all problems of the text; it never
     *     holds a password
     */
    public static VeloUri parse(String text) {
        return UriParser.parse(text, null);
    }

    /**
     * Parses a URI in the given form.
     *
     * @throws io.velo.flink.common.error.VeloException with all problems of the text; it never
     *     holds a password
     */
    public static VeloUri parse(String text, UriForm form) {
        return UriParser.parse(text, Objects.requireNonNull(form));
    }

    /**
     * The scheme of a text, in lower case; the rest of the text is not looked at.
     *
     * @throws io.velo.flink.common.error.VeloException {@code VELO-URI-001} if there is none
     */
    public static String schemeOf(String text) {
        return SchemeName.lowerCase(text, UriParser.requireScheme(text));
    }

    /** Whether the text starts with {@code name://}: cheap, and no promise that it parses. */
    public static boolean looksLikeUri(String text) {
        return SchemeName.length(text) > 0;
    }

    /** The scheme, in lower case. */
    public String scheme() {
        return scheme;
    }

    /** The form in which the URI was parsed. */
    public UriForm form() {
        return form;
    }

    /** The decoded user, perhaps a reference. */
    public Optional<String> user() {
        return Optional.ofNullable(user);
    }

    /** The password of the userinfo, perhaps a reference; it can be the empty text. */
    public Optional<Secret> password() {
        return Optional.ofNullable(password);
    }

    /** Whether a user or a password stands before the hosts. */
    public boolean hasCredentials() {
        return user != null || password != null;
    }

    /** The servers in the order written; empty for locations and where none is written. */
    public List<HostPort> hosts() {
        return hosts;
    }

    /** The servers as {@code b1:9092,b2:9093}, with the port given here where none was written. */
    public String hostsWithDefaultPort(int port) {
        return hosts.stream()
                .map(host -> host.orPort(port).toString())
                .collect(Collectors.joining(","));
    }

    /**
     * The decoded bucket, container, catalog or root of a location, or an empty text; for servers
     * the hosts as written, without the user.
     */
    public String authority() {
        return form == UriForm.LOCATION ? authority : text.substring(hostsStart, pathStart);
    }

    /**
     * The decoded path from its leading slash on, with a trailing slash if one was written, or an
     * empty text. An escaped slash cannot be told from a real one here: split {@link
     * #pathSegments()} instead.
     */
    public String path() {
        return path;
    }

    /** The path as {@link #path()}, but still percent-encoded: {@code %3F} is no wildcard. */
    public String rawPath() {
        return rawPath;
    }

    /**
     * The decoded parts of the path. The empty part after a trailing slash is left out; empty parts
     * between two slashes are kept. {@code /a%2Fb/c/} is {@code [a/b, c]}, {@code /} is empty.
     */
    public List<String> pathSegments() {
        return rawPathSegments().stream().map(PercentText::decode).toList();
    }

    /** The parts of {@link #pathSegments()}, still percent-encoded. */
    public List<String> rawPathSegments() {
        List<String> segments = new ArrayList<>();
        int length = rawPath.length();
        int start = 1;
        for (int i = 1; i <= length; i++) {
            if (i == length || rawPath.charAt(i) == '/') {
                if (i < length || i > start) {
                    segments.add(rawPath.substring(start, i));
                }
                start = i + 1;
            } else if (rawPath.charAt(i) == '$') {
                int close = CharacterClass.placeholderEnd(rawPath, i, length);
                i = close < 0 ? i : close - 1;
            }
        }
        return List.copyOf(segments);
    }

    /** Whether the path ends in a slash, which makes it a prefix or a directory. */
    public boolean endsWithSlash() {
        return rawPath.endsWith("/");
    }

    /** The parameters in the order written. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** The decoded value of a parameter, in whatever spelling its name is asked for or written. */
    public Optional<String> parameter(String name) {
        int index = indexOf(name);
        return index < 0 ? Optional.empty() : Optional.of(parameters.get(index).value());
    }

    /** This URI without user and password before the hosts; parameters stay. */
    public VeloUri withoutCredentials() {
        return hasCredentials()
                ? parse(scheme + SchemeName.SEPARATOR + text.substring(hostsStart), form)
                : this;
    }

    /**
     * This URI with other credentials.
     *
     * @param user clear text or a reference; null for a password alone
     * @param password null for none
     * @throws io.velo.flink.common.error.VeloException if this is a location or names no host
     */
    public VeloUri withCredentials(String user, Secret password) {
        StringBuilder changed = new StringBuilder(scheme).append(SchemeName.SEPARATOR);
        Spelling.appendUser(changed, user, password == null ? null : password.written());
        return parse(changed.append(text, hostsStart, text.length()).toString(), form);
    }

    /**
     * This URI with the hosts of another one and without credentials.
     *
     * @throws io.velo.flink.common.error.VeloException if one of them is a location
     */
    public VeloUri withHostsOf(VeloUri other) {
        return parse(
                scheme
                        + SchemeName.SEPARATOR
                        + other.text.substring(other.hostsStart, other.pathStart)
                        + text.substring(pathStart),
                form);
    }

    /**
     * This URI with a parameter set: in the place of one of the same folded name, else at the end.
     *
     * @throws io.velo.flink.common.error.VeloException if the name is no parameter name or the URI
     *     becomes too long
     */
    public VeloUri withParameter(String name, String value) {
        List<Parameter> changed = new ArrayList<>(parameters);
        int index = indexOf(name);
        if (index < 0) {
            changed.add(new Parameter(name, value));
        } else {
            changed.set(index, new Parameter(name, value));
        }
        return withParameters(changed);
    }

    /** This URI without the parameter of this folded name, if it has it. */
    public VeloUri withoutParameter(String name) {
        int index = indexOf(name);
        if (index < 0) {
            return this;
        }
        List<Parameter> changed = new ArrayList<>(parameters);
        changed.remove(index);
        return withParameters(changed);
    }

    private VeloUri withParameters(List<Parameter> changed) {
        StringBuilder result = new StringBuilder(text.length() + 32).append(text, 0, queryStart);
        Spelling.appendParameters(result, changed);
        return parse(result.toString(), form);
    }

    private int indexOf(String name) {
        String folded = ParameterName.fold(name);
        int mark = ParameterName.mark(folded);
        for (int i = 0; i < parameters.size(); i++) {
            if (marks[i] == mark && ParameterName.fold(parameters.get(i).name()).equals(folded)) {
                return i;
            }
        }
        return -1;
    }

    int hostsStart() {
        return hostsStart;
    }

    int pathStart() {
        return pathStart;
    }

    /**
     * The complete canonical text, with its password: for parsing it again, never for people. In
     * the same form, {@code parse(u.print(), u.form())} equals {@code u}.
     */
    public String print() {
        return text;
    }

    /**
     * The text with {@code ***} in the place of user, password and secret values. A value that
     * holds another URI with credentials is hidden too.
     *
     * @param secretParameterName says of a decoded name, in the spelling of the URI, whether its
     *     value is secret
     */
    public String redacted(Predicate<String> secretParameterName) {
        return Redaction.of(this, secretParameterName);
    }

    /** The redacted text; every name that sounds like a secret counts as one. */
    @Override
    public String toString() {
        return redacted(SecretNames::isSecret);
    }

    /** The order of the canonical spellings. */
    @Override
    public int compareTo(VeloUri other) {
        int order = text.compareTo(other.text);
        return order != 0 ? order : form.compareTo(other.form);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof VeloUri uri && uri.form == form && uri.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    private Object writeReplace() {
        return new SerializedUri(text, form);
    }

    /** The text is the whole state: reading it again is the one way to a URI. */
    private record SerializedUri(String text, UriForm form) implements Serializable {

        private Object readResolve() {
            return parse(text, form);
        }
    }
}
