// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.kafka;

import java.lang.reflect.Field;

/**
 * A private field of a class of Flink's Kafka connector. The connector makes its sources and sinks
 * itself and has no place where what reads or writes a single record could be put in between; see
 * docs/adr/0006-kafka-records-one-by-one.md. Immutable, therefore thread-safe.
 *
 * @param <T> the type of its value
 */
final class DelegateField<T> {

    private final Field field;
    private final Class<T> type;

    /**
     * A field.
     *
     * @throws IllegalStateException if this version of the connector does not have it
     */
    DelegateField(Class<?> owner, String name, Class<T> type) {
        this.type = type;
        try {
            this.field = owner.getDeclaredField(name);
            if (!type.isAssignableFrom(field.getType())) {
                throw new NoSuchFieldException(name + " is a " + field.getType());
            }
            field.setAccessible(true);
        } catch (ReflectiveOperationException | RuntimeException e) {
            throw missing(owner, name, e);
        }
    }

    private static IllegalStateException missing(Class<?> owner, String name, Exception reason) {
        return new IllegalStateException(
                "Flink's Kafka connector is not the version that this Velo was built with: "
                        + owner.getSimpleName()
                        + " has no field "
                        + name
                        + ".",
                reason);
    }

    T get(Object owner) {
        try {
            return type.cast(field.get(owner));
        } catch (IllegalAccessException e) {
            throw missing(field.getDeclaringClass(), field.getName(), e);
        }
    }

    void set(Object owner, T value) {
        try {
            field.set(owner, value);
        } catch (IllegalAccessException e) {
            throw missing(field.getDeclaringClass(), field.getName(), e);
        }
    }
}
