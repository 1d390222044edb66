// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

/**
 * The names that are hidden where no scheme has said which of its options are secret. It hides too
 * much rather than too little.
 */
public final class SecretNames {

    private static final String[] PARTS = {
        "pass",
        "pwd",
        "secret",
        "token",
        "credential",
        "auth",
        "jaas",
        "signature",
        "keymaterial",
        "privatekey",
        "accesskey",
        "accountkey",
        "sharedkey",
        "storagekey",
        "apikey",
        "sslkey",
        "clientkey",
        "masterkey",
        "signingkey",
        "encryptionkey",
        "decryptionkey"
    };

    private SecretNames() {}

    /** Whether a parameter of this name, in any spelling, probably holds a secret. */
    public static boolean isSecret(String name) {
        String letters = ParameterName.fold(name).replace("-", "");
        for (String part : PARTS) {
            if (letters.contains(part)) {
                return true;
            }
        }
        return letters.equals("key") || letters.equals("sas") || letters.equals("pw");
    }
}
