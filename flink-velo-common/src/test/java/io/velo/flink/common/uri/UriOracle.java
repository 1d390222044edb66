// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.velo.flink.common.error.Problem;
import io.velo.flink.common.error.VeloException;
import java.nio.charset.StandardCharsets;

/** What must hold for every text whatsoever that is given to the parser. */
final class UriOracle {

    /** Stands where a password stands; no character of it is special to the grammar. */
    static final String CANARY = "hunter2hunter2";

    private UriOracle() {}

    /** Fails unless the text is parsed or refused as promised. */
    static void check(String text) {
        for (UriForm form : UriForm.values()) {
            check(text, form);
        }
        VeloUri.looksLikeUri(text);
    }

    private static void check(String text, UriForm form) {
        boolean secret = standsInSecretPlace(text);
        try {
            VeloUri uri = VeloUri.parse(text, form);
            if (secret) {
                assertThat(uri.toString()).doesNotContain(CANARY);
            }
            checkRoundTrip(uri);
        } catch (VeloException e) {
            assertThat(e.getMessage().getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(1025);
            assertThat(e.getMessage().replace("\n", "").chars()).noneMatch(Character::isISOControl);
            for (Problem problem : e.problems()) {
                assertThat(problem.sentence()).isNotEmpty();
                assertThat(problem.remedy()).isNotEmpty();
                assertThat(secret && problem.toString().contains(CANARY)).isFalse();
            }
            assertThat(secret && e.toString().contains(CANARY)).isFalse();
        } catch (RuntimeException e) {
            fail("Only a VeloException may come out of " + text, e);
        }
    }

    /**
     * Whether the canary stands after a colon and before an {@code @}, or as the value of a secret
     * parameter. A mutation that copies it to a public place makes it public.
     */
    private static boolean standsInSecretPlace(String text) {
        int canary = text.indexOf(CANARY);
        int start = text.indexOf("://");
        if (canary < 0 || start < 0 || canary != text.lastIndexOf(CANARY)) {
            return false;
        }
        int colon = text.indexOf(':', start + 3);
        boolean userinfo = colon >= 0 && colon < canary && text.indexOf('@', canary) >= 0;
        String before = text.substring(0, canary);
        return userinfo || before.endsWith("?password=") || before.endsWith("&password=");
    }

    static void checkRoundTrip(VeloUri uri) {
        VeloUri again = VeloUri.parse(uri.print(), uri.form());
        assertThat(again).isEqualTo(uri).hasSameHashCodeAs(uri).isEqualByComparingTo(uri);
        assertThat(again.print()).isEqualTo(uri.print());
        assertThat(again.user()).isEqualTo(uri.user());
        assertThat(again.password()).isEqualTo(uri.password());
        assertThat(again.hosts()).isEqualTo(uri.hosts());
        assertThat(again.authority()).isEqualTo(uri.authority());
        assertThat(again.pathSegments()).isEqualTo(uri.pathSegments());
        assertThat(again.parameters()).isEqualTo(uri.parameters());
        assertThat(uri.withoutCredentials().hosts()).isEqualTo(uri.hosts());
        for (Parameter parameter : uri.parameters()) {
            assertThat(uri.parameter(parameter.name())).contains(parameter.value());
        }
    }
}
