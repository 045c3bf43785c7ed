package org.oathbound.directory;

/** Names of attributes and object classes: LDAP's (RFC 4519), OATH-LDAP's and ours, as {@code ldif/} defines them. */
public final class Schema {

    // Naming and structure (RFC 4519)
    public static final String OBJECT_CLASS = "objectClass";
    public static final String CN = "cn";
    public static final String OU = "ou";
    public static final String DEVICE = "device";
    public static final String INET_ORG_PERSON = "inetOrgPerson";
    public static final String LOCALITY = "l";
    public static final String DESCRIPTION = "description";
    public static final String UID = "uid";
    public static final String SN = "sn";
    public static final String GIVEN_NAME = "givenName";
    public static final String MAIL = "mail";
    /** Hashed, as the component {@code password} does. */
    public static final String USER_PASSWORD = "userPassword";

    // Operational (RFC 4512 section 3.4, RFC 4530, RFC 5020): shown, and not stored
    /** {@link EntryUuid}. */
    public static final String ENTRY_UUID = "entryUUID";

    public static final String ENTRY_DN = "entryDN";
    public static final String CREATE_TIMESTAMP = "createTimestamp";
    public static final String MODIFY_TIMESTAMP = "modifyTimestamp";
    public static final String SUBSCHEMA_SUBENTRY = "subschemaSubentry";

    // OATH-LDAP
    public static final String OATH_TOKEN = "oathToken";
    public static final String HOTP_TOKEN = "oathHOTPToken";
    public static final String TOTP_TOKEN = "oathTOTPToken";
    public static final String TOKEN_IDENTIFIER = "oathTokenIdentifier";
    public static final String SERIAL_NUMBER = "oathTokenSerialNumber";
    public static final String SECRET = "oathSecret";
    /** The last redeemed counter, −1 when none was: RFC 4226's C less one. */
    public static final String HOTP_COUNTER = "oathHOTPCounter";

    public static final String TOTP_LAST_TIME_STEP = "oathTOTPLastTimeStep";
    public static final String TOTP_DRIFT = "oathTOTPTimeStepDrift";
    public static final String DRIFT_BASE = "oathboundDriftBase";
    public static final String TOTP_TIME_STEP_PERIOD = "oathTOTPTimeStepPeriod";
    public static final String OTP_LENGTH = "oathOTPLength";
    /** The OID of the HMAC, RFC 8018 appendix B.1: 1.2.840.113549.2.7 (SHA-1), .9 (SHA-256), .11 (SHA-512). */
    public static final String HMAC_ALGORITHM = "oathHMACAlgorithm";

    public static final String LAST_LOGIN = "oathLastLogin";
    public static final String FAILURE_COUNT = "oathFailureCount";

    // Ours: object classes
    public static final String OATHBOUND_TOKEN = "oathboundToken";
    public static final String OATHBOUND_ENVIRONMENT = "oathboundEnvironment";
    public static final String OATHBOUND_APPLICATION = "oathboundApplication";
    public static final String OATHBOUND_JOB = "oathboundJob";
    public static final String OATHBOUND_CHUNK = "oathboundChunk";
    public static final String OATHBOUND_PERSON = "oathboundPerson";
    public static final String OATHBOUND_ENROLMENT = "oathboundEnrolment";
    public static final String OATHBOUND_DEVICE = "oathboundDevice";
    public static final String OATHBOUND_PADDING = "oathboundPadding";
    public static final String OATHBOUND_KEY = "oathboundKey";

    // Ours: attributes
    public static final String ID = "oathboundId";
    public static final String REVISION = "oathboundRevision";
    /** Random mark of the latest write of the entry: tells whose write an unknown outcome was. */
    public static final String WRITE_MARK = "oathboundWriteMark";

    public static final String LIFE = "oathboundLife";
    public static final String PAIRING = "oathboundPairing";
    public static final String WAITING = "oathboundWaiting";
    public static final String ACCEPTED = "oathboundAccepted";
    public static final String SHARED_FAILURES = "oathboundSharedFailures";
    public static final String KNOWN_NETWORK = "oathboundKnownNetwork";
    public static final String LOCKED_UNTIL = "oathboundLockedUntil";
    public static final String ORIGIN = "oathboundOrigin";
    public static final String LAST_JOB = "oathboundLastJob";
    public static final String KEY_ID = "oathboundKeyId";
    /** Of format 1: what the secrets of a token's former lives had used. Key entries have it now. */
    public static final String FORMER = "oathboundFormer";
    /** HMAC over a token's secret, hexadecimal: the name of its key entry. */
    public static final String FINGERPRINT = "oathboundFingerprint";
    /** Where a secret stopped, one value for each {@code {type}/{hash}/{time step}}: behind it the last counter or step used. */
    public static final String STOPPED = "oathboundStopped";
    /** The parts of the stored state that an upgrade has brought to their present form. */
    public static final String FORMAT = "oathboundFormat";

    public static final String REVOKED_AT = "oathboundRevokedAt";
    public static final String ROW_NUMBER = "oathboundRowNumber";
    public static final String MANUFACTURER = "oathboundManufacturer";
    public static final String MODEL = "oathboundModel";
    public static final String EXPIRES_AT = "oathboundExpiresAt";
    public static final String VALID_FROM = "oathboundValidFrom";
    public static final String VALID_UNTIL = "oathboundValidUntil";
    public static final String LOST_AT = "oathboundLostAt";
    public static final String CREATED_AT = "oathboundCreatedAt";
    public static final String UPDATED_AT = "oathboundUpdatedAt";
    public static final String NAME = "oathboundName";
    public static final String ROLE = "oathboundRole";
    public static final String SECRET_HASH = "oathboundSecretHash";
    public static final String FORMER_SECRET_HASH = "oathboundFormerSecretHash";
    public static final String FORMER_SECRET_UNTIL = "oathboundFormerSecretUntil";
    public static final String ENABLED = "oathboundEnabled";
    public static final String REDIRECT_URI = "oathboundRedirectUri";
    public static final String DOCUMENT = "oathboundDocument";
    public static final String JOB_TYPE = "oathboundJobType";
    public static final String JOB_STATUS = "oathboundJobStatus";
    public static final String JOB_REASON = "oathboundJobReason";
    public static final String JOB_OPTIONS = "oathboundJobOptions";
    public static final String ROWS = "oathboundRows";
    public static final String CHUNKS = "oathboundChunks";
    public static final String PAYLOAD = "oathboundPayload";
    public static final String RESULT = "oathboundResult";
    public static final String REPORT = "oathboundReport";
    public static final String TOTALS = "oathboundTotals";
    public static final String STARTED_AT = "oathboundStartedAt";
    public static final String FINISHED_AT = "oathboundFinishedAt";
    public static final String RESTORED_AT = "oathboundRestoredAt";
    public static final String KEY_CHECK = "oathboundKeyCheck";
    public static final String TOKEN_USE = "oathboundTokenUse";
    public static final String UNUSED = "oathboundUnused";
    public static final String OATH_SETTINGS = "oathboundOathSettings";
    public static final String MFA_SETTINGS = "oathboundMfaSettings";
    public static final String POLICY = "oathboundPolicy";
    public static final String POPULATION = "oathboundPopulation";
    public static final String IDENTITY = "oathboundIdentity";
    public static final String DEVICES = "oathboundDevices";
    public static final String MFA_ENABLED = "oathboundMfaEnabled";
    public static final String CODE_REQUIRED = "oathboundCodeRequired";
    public static final String PASSWORD_FAILURES = "oathboundPasswordFailures";
    public static final String SESSIONS_ENDED_AT = "oathboundSessionsEndedAt";
    public static final String MUST_CHANGE_PASSWORD = "oathboundMustChangePassword";
    public static final String BYPASS_UNTIL = "oathboundBypassUntil";
    public static final String CLOSED_AT = "oathboundClosedAt";
    public static final String PERSON_ID = "oathboundPersonId";
    public static final String TOKEN_ID = "oathboundTokenId";
    public static final String DEVICE_TYPE = "oathboundDeviceType";
    public static final String DEVICE_STATUS = "oathboundDeviceStatus";
    public static final String BLOCKED_AT = "oathboundBlockedAt";
    public static final String REPLACES = "oathboundReplaces";

    private Schema() {}
}
