// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import io.velo.flink.common.secret.Secret;
import java.util.ArrayList;
import java.util.List;

/** Reads {@code user:password@host:port,host:port} of server schemes. */
final class AuthorityParser {

    static final int MAX_HOSTS = 64;

    private static final int MAX_PORT = 65535;
    private static final String REMEDY =
            "Write host or host:port with a port from 1 to 65535, an IPv6 address in brackets as in"
                    + " [::1]:9092, and percent-encode / ? # @ : where they belong to a password.";

    private final ParseState state;
    private final String text;

    /** Whether the host that is being read has nothing but name characters. */
    private boolean plainName;

    private HostPort firstHost;
    private List<HostPort> moreHosts;

    String user;
    Secret password;
    int hostsStart;
    int end;

    AuthorityParser(ParseState state) {
        this.state = state;
        this.text = state.text;
    }

    void parse() {
        int start = state.authorityStart();
        int at = findEnd(start);
        hostsStart = at < 0 ? start : at + 1;
        boolean sound = at < 0 || readUser(start, at);
        if (hostsStart < end) {
            sound &= readHosts();
        } else if (at >= 0) {
            state.problem("The host after the user is missing.", REMEDY);
            sound = false;
        }
        state.soundAuthorityEnd = sound ? end : -1;
    }

    List<HostPort> hosts() {
        if (moreHosts != null) {
            return List.copyOf(moreHosts);
        }
        return firstHost == null ? List.of() : List.of(firstHost);
    }

    /** Sets the end of the authority and returns the position of its last {@code @}, or -1. */
    private int findEnd(int start) {
        int at = -1;
        int traits = 0;
        int i = start;
        for (int length = text.length(); i < length; i++) {
            char c = text.charAt(i);
            int trait = CharacterClass.traits(c);
            traits |= trait;
            if ((trait & CharacterClass.STOP) == 0) {
                continue;
            }
            if (c == '/' || c == '?') {
                break;
            }
            if (c == '@') {
                at = i;
            } else if (c == '$') {
                int close = CharacterClass.placeholderEnd(text, i, length);
                i = close < 0 ? i : close - 1;
                traits |= CharacterClass.PERCENT;
            }
        }
        end = i;
        state.traits |= traits;
        return at;
    }

    private boolean readUser(int start, int at) {
        int colon = findColon(start, at);
        int userEnd = colon < 0 ? at : colon;
        if ((state.traits & CharacterClass.PERCENT) != 0 && !state.escapesAreSound(start, at)) {
            return false;
        }
        if (start == at) {
            state.problem("The user before @ is missing.", REMEDY);
            return false;
        }
        if (userEnd > start) {
            user = decoded(start, userEnd, UserInfo.RESERVED_IN_USER);
        }
        if (colon >= 0) {
            password = Secret.of(decoded(colon + 1, at, UserInfo.RESERVED_IN_PASSWORD));
        }
        return true;
    }

    private int findColon(int start, int limit) {
        for (int i = start; i < limit; i++) {
            char c = text.charAt(i);
            if (c == ':') {
                return i;
            }
            if (c == '$') {
                int close = CharacterClass.placeholderEnd(text, i, limit);
                i = close < 0 ? i : close - 1;
            }
        }
        return -1;
    }

    /** The decoded text; notes when it can be spelled in a simpler way. */
    private String decoded(int from, int to, String reserved) {
        String raw = text.substring(from, to);
        if ((state.traits & CharacterClass.PERCENT) == 0 && raw.indexOf('@') < 0) {
            return raw;
        }
        String clear = PercentText.decode(raw);
        state.respelled |= !PercentText.encode(clear, reserved).equals(raw);
        return clear;
    }

    private boolean readHosts() {
        int number = 1;
        int position = hostsStart;
        while (true) {
            if (number > MAX_HOSTS) {
                state.problem(
                        "The URI names more than " + MAX_HOSTS + " hosts.",
                        "Name some of them: one that answers is enough to find the others.");
                return false;
            }
            int hostEnd = readHost(position, number);
            if (hostEnd < 0) {
                return false;
            }
            if (hostEnd == end) {
                return true;
            }
            position = hostEnd + 1;
            number++;
        }
    }

    /** Returns where the host and its port end (at a comma or the end), or -1 after a problem. */
    private int readHost(int start, int number) {
        boolean bracket = start < end && text.charAt(start) == '[';
        plainName = !bracket;
        int nameEnd = bracket ? text.indexOf(']', start) : findNameEnd(start);
        if (bracket && (nameEnd < 0 || nameEnd >= end)) {
            state.problem("The bracket of host " + number + " is not closed.", REMEDY);
            return -1;
        }
        String name = hostName(bracket ? start + 1 : start, nameEnd, bracket, number);
        if (name == null) {
            return -1;
        }
        int next = bracket ? nameEnd + 1 : nameEnd;
        int port = HostPort.NOT_GIVEN;
        if (next < end && text.charAt(next) == ':') {
            int comma = text.indexOf(',', next);
            int stop = comma < 0 || comma > end ? end : comma;
            port = port(next + 1, stop, number);
            next = stop;
            if (port < 0) {
                return -1;
            }
        } else if (next < end && text.charAt(next) != ',') {
            state.problem("The text after the bracket of host " + number + " is wrong.", REMEDY);
            return -1;
        }
        add(new HostPort(name, port));
        return next;
    }

    private int findNameEnd(int start) {
        for (int i = start; i < end; i++) {
            char c = text.charAt(i);
            if ((CharacterClass.traits(c) & CharacterClass.NAME) != 0) {
                continue;
            }
            if (c == ':' || c == ',') {
                return i;
            }
            plainName = false;
            if (c == '$') {
                int close = CharacterClass.placeholderEnd(text, i, end);
                i = close < 0 ? i : close - 1;
            }
        }
        return end;
    }

    private String hostName(int from, int to, boolean bracket, int number) {
        if (from >= to) {
            state.problem("Host " + number + " is empty.", REMEDY);
            return null;
        }
        String raw = text.substring(from, to);
        String name = raw;
        if ((state.traits & CharacterClass.PERCENT) != 0) {
            if (!state.escapesAreSound(from, to)) {
                return null;
            }
            name = PercentText.decode(raw);
            String spelled = Spelling.hostName(name);
            state.respelled |= !spelled.equals(bracket ? "[" + raw + "]" : raw);
        }
        boolean plain = plainName && CharacterClass.isAlphanumeric(name.charAt(0));
        if (plain) {
            return name;
        }
        if (bracket ? !IpAddress.isVersion6(name) : !UserInfo.isHostName(name)) {
            state.problem(
                    bracket
                            ? "The text in the brackets of host " + number + " is not IPv6."
                            : "Host " + number + " is not a host name or address.",
                    REMEDY);
            return null;
        }
        return name;
    }

    private int port(int from, int to, int number) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = text.charAt(i) - '0';
            if (digit < 0 || digit > 9) {
                state.problem("The port of host " + number + " is not a number.", REMEDY);
                return -1;
            }
            value = Math.min(value * 10 + digit, MAX_PORT + 1);
        }
        if (from == to) {
            state.problem("The port of host " + number + " is missing after the colon.", REMEDY);
            return -1;
        }
        if (value == 0 || value > MAX_PORT) {
            state.problem(
                    "The port of host " + number + " is outside 1 to " + MAX_PORT + ".", REMEDY);
            return -1;
        }
        state.respelled |= text.charAt(from) == '0';
        return value;
    }

    private void add(HostPort host) {
        if (firstHost == null) {
            firstHost = host;
            return;
        }
        if (moreHosts == null) {
            moreHosts = new ArrayList<>();
            moreHosts.add(firstHost);
        }
        moreHosts.add(host);
    }
}
