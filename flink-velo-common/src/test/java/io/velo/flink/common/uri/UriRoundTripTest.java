// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.uri;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.error.VeloException;
import io.velo.flink.common.secret.Secret;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** What holds for all URIs, tried on random ones; a failure names the seed. */
class UriRoundTripTest {

    private static final int URIS = 10_000;

    private final long seed = System.nanoTime();

    @Test
    void whatIsPrintedParsesToTheSame() {
        RandomUris uris = new RandomUris(new Random(seed));
        int parsed = 0;
        for (int i = 0; i < URIS; i++) {
            String text = uris.next();
            try {
                UriOracle.checkRoundTrip(VeloUri.parse(text));
                parsed++;
            } catch (VeloException refused) {
                UriOracle.check(text);
            } catch (AssertionError | IllegalStateException e) {
                throw new AssertionError("seed " + seed + ", URI " + text, e);
            }
        }
        assertThat(parsed).as("URIs that parse, seed %d", seed).isGreaterThan(URIS * 3 / 4);
    }

    @Test
    void whatIsPutInComesOut() {
        Random random = new Random(seed);
        VeloUri start = VeloUri.parse("postgresql://h1:1,[::1]:2/db?a=1&b=2&c=3");
        for (int i = 0; i < URIS; i++) {
            String value = text(random);
            String user = text(random) + "u";
            String password = text(random);
            try {
                VeloUri uri =
                        start.withParameter("b", value)
                                .withParameter("newOne", value)
                                .withCredentials(user, Secret.of(password));
                assertThat(uri.parameter("B")).contains(value);
                assertThat(uri.parameter("new_one")).contains(value);
                assertThat(uri.parameters()).hasSize(4);
                assertThat(uri.user()).contains(user);
                assertThat(uri.password()).contains(Secret.of(password));
                assertThat(uri.hosts()).isEqualTo(start.hosts());
                assertThat(uri.withoutCredentials().withoutParameter("new-one"))
                        .isEqualTo(start.withParameter("b", value));
                UriOracle.checkRoundTrip(uri);
            } catch (AssertionError | VeloException e) {
                throw new AssertionError(
                        "seed " + seed + ": " + user + " " + password + " " + value, e);
            }
        }
    }

    private static String text(Random random) {
        String special = "a:@/?&=,%${}[]# é中\n\t|.-_+\u202e*\\";
        StringBuilder text = new StringBuilder();
        int length = random.nextInt(9);
        for (int i = 0; i < length; i++) {
            text.append(special.charAt(random.nextInt(special.length())));
        }
        return text.toString();
    }
}
