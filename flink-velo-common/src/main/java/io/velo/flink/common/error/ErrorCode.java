// Copyright 2026 The Velo Authors
// SPDX-License-Identifier: Apache-2.0
package io.velo.flink.common.error;

/**
 * The fixed list of error codes that a user can meet. A code never changes its meaning; its area
 * says where to look: URI syntax and parameters, options, capability, config files, security,
 * schema, endpoint.
 */
public enum ErrorCode {
    /** The text is not a URI of Velo's grammar. */
    URI_SYNTAX("VELO-URI-001"),
    /** No scheme of this name is known. */
    URI_UNKNOWN_SCHEME("VELO-URI-002"),
    /** The scheme has no such parameter. */
    URI_UNKNOWN_PARAMETER("VELO-URI-003"),
    /** The URI does not name the object (topic, table, key) that is meant. */
    URI_NO_OBJECT("VELO-URI-004"),
    /** The scheme is known, but the jar that holds it is not on the class path. */
    URI_SCHEME_JAR_MISSING("VELO-URI-005"),
    /** The same parameter stands twice, perhaps in two spellings. */
    URI_DUPLICATE_PARAMETER("VELO-URI-006"),

    /** A value is not of the option's type or not among its allowed values. */
    OPTION_VALUE("VELO-OPT-001"),
    /** Options that exclude each other, or an option without the one it needs. */
    OPTION_CONFLICT("VELO-OPT-002"),
    /** An option that must be given is missing. */
    OPTION_MISSING("VELO-OPT-003"),
    /** The option is part of the product, but this version does not have it yet. */
    OPTION_NOT_BUILT("VELO-OPT-004"),
    /** The option belongs to the other role, source or sink. */
    OPTION_ROLE("VELO-OPT-005"),

    /** The scheme cannot do this. */
    CAPABILITY("VELO-CAP-001"),
    /** The scheme can do this in principle, but not with these options or this table. */
    CAPABILITY_COMBINATION("VELO-CAP-002"),

    /** A config file cannot be read or is malformed. */
    CONFIG_FILE("VELO-CFG-001"),
    /** Config files extend each other in a circle. */
    CONFIG_CYCLE("VELO-CFG-002"),
    /** A named source does not exist or is incomplete. */
    CONFIG_ENTRY("VELO-CFG-003"),

    /** A reference that may not be read: outside the operator's allow-list. */
    SECURITY_REFERENCE_REFUSED("VELO-SEC-001"),
    /** A reference that points to nothing. */
    SECURITY_REFERENCE_UNSET("VELO-SEC-002"),
    /** Credentials in clear where the operator or the place forbids them. */
    SECURITY_INLINE_CREDENTIALS("VELO-SEC-003"),
    /** A scheme, path or address that the operator's policy forbids. */
    SECURITY_POLICY("VELO-SEC-004"),

    /** Columns cannot be discovered. */
    SCHEMA_DISCOVERY("VELO-SCH-001"),
    /** A declared column does not fit the remote one, or a type is not supported. */
    SCHEMA_TYPE("VELO-SCH-002"),
    /** A column that is named does not exist. */
    SCHEMA_COLUMN("VELO-SCH-003"),
    /** A table, topic or key does not exist at the endpoint. */
    SCHEMA_NO_TABLE("VELO-SCH-004"),
    /** A value does not fit its column. */
    SCHEMA_VALUE("VELO-SCH-005"),
    /** This catalog operation is not possible on this object. */
    SCHEMA_CATALOG("VELO-SCH-006"),

    /** The endpoint cannot be reached. */
    IO_UNREACHABLE("VELO-IO-001"),
    /** The endpoint refuses the credentials. */
    IO_AUTHENTICATION("VELO-IO-002"),
    /** The login lacks a privilege. */
    IO_PRIVILEGE("VELO-IO-003"),
    /** The endpoint did not answer in time. */
    IO_TIMEOUT("VELO-IO-004"),
    /** The endpoint answered with an error. */
    IO_SERVER("VELO-IO-005"),
    /** The answer breaks the protocol. */
    IO_PROTOCOL("VELO-IO-006"),
    /** A position in the data can no longer be resumed exactly. */
    IO_NOT_RESUMABLE("VELO-IO-007");

    private final String text;

    ErrorCode(String text) {
        this.text = text;
    }

    /** The printed form, such as {@code VELO-URI-003}. */
    public String text() {
        return text;
    }
}
