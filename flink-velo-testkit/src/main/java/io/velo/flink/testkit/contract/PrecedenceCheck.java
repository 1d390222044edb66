// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.velo.flink.common.option.OptionRole;
import io.velo.flink.common.option.ResolvedOptions;
import io.velo.flink.common.option.SchemeOption;
import io.velo.flink.common.scheme.OptionResolver;
import io.velo.flink.common.scheme.OptionSources;
import io.velo.flink.common.scheme.SchemeSpec;
import io.velo.flink.common.uri.VeloUri;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Checks for one option of each type that the stronger place of a value wins. */
final class PrecedenceCheck {

    private final SchemeSpec spec;

    PrecedenceCheck(SchemeSpec spec) {
        this.spec = spec;
    }

    void run() {
        Set<Class<?>> seen = new HashSet<>();
        for (SchemeOption<?> option : spec.options()) {
            List<String> values = SampleValues.of(option);
            if (!option.isSecret() && values.size() >= 2 && seen.add(option.kind().type())) {
                check(option, values.get(0), values.get(1));
            }
        }
        assertThat(seen).as("types of options checked").isNotEmpty();
    }

    private void check(SchemeOption<?> option, String weak, String strong) {
        OptionRole role = option.role() == OptionRole.SINK ? OptionRole.SINK : OptionRole.SOURCE;
        String prefix = role.name().toLowerCase(Locale.ROOT) + ".";
        String name = option.key();
        String folded = option.parameterName();
        Object weakest = option.kind().parse(weak);
        Object strongest = option.kind().parse(strong);

        assertThat(value(option, role, Map.of(), "", Map.of(name, weak))).isEqualTo(weakest);
        assertThat(value(option, role, Map.of(), folded + "=" + strong, Map.of(name, weak)))
                .as("URI before file: %s", name)
                .isEqualTo(strongest);
        assertThat(value(option, role, Map.of(name, strong), folded + "=" + weak, Map.of()))
                .as("WITH before URI: %s", name)
                .isEqualTo(strongest);
        Map<String, String> both = new HashMap<>(Map.of(name, weak));
        both.put(prefix + name, strong);
        assertThat(value(option, role, both, folded + "=" + weak, Map.of(name, weak)))
                .as("WITH %s%s before WITH %s", prefix, name, name)
                .isEqualTo(strongest);
    }

    private Object value(
            SchemeOption<?> option,
            OptionRole role,
            Map<String, String> with,
            String query,
            Map<String, String> entry) {
        String text = spec.name() + "://h/x" + (query.isEmpty() ? "" : "?" + query);
        VeloUri uri = VeloUri.parse(text, spec.form());
        ResolvedOptions options =
                OptionResolver.resolve(spec, new OptionSources(with, uri, entry), role);
        return options.find(option).orElse(null);
    }
}
