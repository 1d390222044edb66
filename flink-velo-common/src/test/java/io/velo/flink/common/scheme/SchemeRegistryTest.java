// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.scheme;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.velo.flink.common.secret.SecurityPolicy;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SchemeRegistryTest {

    private record One() implements Scheme {
        @Override
        public SchemeSpec spec() {
            return SchemeSpec.of("one", "first").summary("One.").build();
        }
    }

    private record Other() implements Scheme {
        @Override
        public SchemeSpec spec() {
            return SchemeSpec.of("other", "first").summary("Other.").build();
        }
    }

    @AfterEach
    void forgetPolicy() {
        System.clearProperty(SecurityPolicy.SCHEMES);
    }

    @Test
    void findsASchemeByEachName() {
        SchemeRegistry registry = SchemeRegistry.of(List.of(new One()));

        assertThat(registry.get("one")).isSameAs(registry.get("first"));
        assertThat(registry.schemes()).hasSize(1);
    }

    @Test
    void namesBothJarsOfOneName() {
        assertThatThrownBy(() -> SchemeRegistry.of(List.of(new One(), new Other())))
                .hasMessageContaining("'first' is on the class path twice");
    }

    @Test
    void tellsUnknownFromMissingFromNotBuilt() {
        SchemeRegistry registry = SchemeRegistry.of(List.of(new One()));

        assertThatThrownBy(() -> registry.get("firts")).hasMessageContaining("VELO-URI-002");
        assertThatThrownBy(() -> registry.get("firts")).hasMessageContaining("'first'");
        assertThatThrownBy(() -> registry.get("kafka"))
                .hasMessageContaining("VELO-URI-005")
                .hasMessageContaining("lib/");
        assertThatThrownBy(() -> registry.get("s3")).hasMessageContaining("not built yet");
    }

    @Test
    void obeysTheOperator() {
        System.setProperty(SecurityPolicy.SCHEMES, "kafka");

        assertThatThrownBy(() -> SchemeRegistry.of(List.of(new One())).get("one"))
                .hasMessageContaining("VELO-SEC-004");
    }
}
