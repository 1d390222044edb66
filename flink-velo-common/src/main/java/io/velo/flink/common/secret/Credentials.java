// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.secret;

import java.io.Serializable;

/**
 * A login: user name and password. Prints only whether there is a password. Immutable, therefore
 * thread-safe.
 *
 * @param user the user name, perhaps empty
 * @param password the password, or a secret of the empty text if there is none
 */
public record Credentials(String user, Secret password) implements Serializable {

    /** No login at all. */
    public static final Credentials NONE = new Credentials("", Secret.of(""));

    private static final long serialVersionUID = 1L;

    /** Whether neither a user nor a password is given. */
    public boolean isEmpty() {
        return user.isEmpty() && password.written().isEmpty();
    }

    /** Whether a password is given. */
    public boolean hasPassword() {
        return !password.written().isEmpty();
    }
}
