package org.oathbound.person.control;

import com.unboundid.ldap.sdk.Attribute;
import com.unboundid.ldap.sdk.DN;
import com.unboundid.ldap.sdk.Filter;
import com.unboundid.ldap.sdk.LDAPException;
import com.unboundid.ldap.sdk.LDAPURL;
import com.unboundid.util.ssl.JVMDefaultTrustManager;
import com.unboundid.util.ssl.PEMFileTrustManager;
import java.io.File;
import java.security.KeyStoreException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.X509TrustManager;
import org.eclipse.microprofile.config.Config;
import org.jspecify.annotations.Nullable;
import org.oathbound.directory.HiddenAttributes;
import org.oathbound.directory.Schema;

/**
 * The settings of a corporate directory.
 *
 * @param urls of its servers, each as good as the others, in the order in which they are asked
 * @param bindDn the DN that we bind as; null for anonymous reads
 * @param password of that entry; never printed
 * @param base all people's entries are below it
 * @param filter what an entry has to match to be a person
 * @param usernameAttribute holds the name that people sign on with
 * @param idAttribute holds the id that stays with an entry when it is moved or renamed: a UUID as text, or Microsoft's
 *     objectGUID
 * @param shown the attributes that clients may see and ask about, by their {@linkplain HiddenAttributes#canonical canonical} names
 * @param trust which certificates are trusted
 */
record CorporateSettings(
        List<LDAPURL> urls,
        @Nullable String bindDn,
        @Nullable String password,
        DN base,
        Filter filter,
        String usernameAttribute,
        String idAttribute,
        Set<String> shown,
        X509TrustManager trust) {

    /** What a mail program shows of a person, and what people are found by. */
    private static final String SHOWN = "uid, cn, sn, givenName, initials, displayName, mail, o, ou, dc, "
            + "preferredLanguage, sAMAccountName, userPrincipalName, entryUUID, objectGUID";

    CorporateSettings {
        urls = List.copyOf(urls);
        shown = Set.copyOf(shown);
    }

    /** Whether clients may see an attribute and ask about it, whichever of its names they use. */
    boolean shows(String attribute) {
        return shown.contains(HiddenAttributes.canonical(Attribute.getBaseName(attribute)))
                && !HiddenAttributes.isHidden(attribute);
    }

    /**
     * Reads them.
     *
     * @param prefix of the properties' names, with the dot
     * @throws IllegalStateException when something can't be understood or is missing; the message says what
     */
    static CorporateSettings read(Config config, String prefix) {
        return new Reader(config, prefix).settings();
    }

    /** Whether passwords go there in the clear, and not just to this machine. */
    boolean isInTheClear() {
        return urls.stream().anyMatch(url -> url.getScheme().equals("ldap") && !isThisMachine(url.getHost()));
    }

    @Override
    public String toString() {
        return "the corporate directory " + base + " at " + urls;
    }

    private static boolean isThisMachine(String host) {
        return host.equals("localhost") || host.startsWith("127.") || host.equals("::1");
    }

    private record Reader(Config config, String prefix) {

        CorporateSettings settings() {
            @Nullable String bindDn = value("bind-dn").map(this::checkedName).orElse(null);
            @Nullable String password = value("password").orElse(null);
            if ((bindDn == null) != (password == null)) {
                throw wrong(bindDn == null ? "bind-dn" : "password", "is missing: they come together");
            }
            String usernameAttribute = value("username-attribute").orElse("uid");
            String idAttribute = value("id-attribute").orElse("entryUUID");
            return new CorporateSettings(
                    urls(),
                    bindDn,
                    password,
                    name("base-dn", required("base-dn")),
                    filter(value("filter").orElse("(objectClass=person)")),
                    usernameAttribute,
                    idAttribute,
                    shown(usernameAttribute, idAttribute),
                    trust());
        }

        private Set<String> shown(String usernameAttribute, String idAttribute) {
            return Stream.concat(
                            Stream.of(value("shown-attributes").orElse(SHOWN).split("[ ,]+")),
                            Stream.of(Schema.OBJECT_CLASS, usernameAttribute, idAttribute)) // what entries are found by
                    .filter(name -> !name.isEmpty())
                    .map(HiddenAttributes::canonical)
                    .collect(Collectors.toSet());
        }

        private X509TrustManager trust() {
            Optional<String> authority = value("ca-certificate");
            if (authority.isEmpty()) {
                return JVMDefaultTrustManager.getInstance();
            }
            try {
                return new PEMFileTrustManager(new File(authority.get()));
            } catch (KeyStoreException e) {
                throw wrong("ca-certificate", "must be a PEM file with certificates", e);
            }
        }

        private List<LDAPURL> urls() {
            return Stream.of(required("url").split("[ ,]+")).map(this::url).toList();
        }

        private LDAPURL url(String text) {
            try {
                LDAPURL url = new LDAPURL(text);
                boolean isServer = !url.baseDNProvided() && !url.filterProvided() && !url.attributesProvided();
                boolean isKnown =
                        url.getScheme().equals("ldap") || url.getScheme().equals("ldaps");
                if (url.hostProvided() && isServer && isKnown) {
                    return url;
                }
            } catch (LDAPException e) {
                throw wrong("url", "must have URLs like ldaps://ldap.example.com, by commas", e);
            }
            throw wrong("url", "must have URLs like ldaps://ldap.example.com, by commas");
        }

        private String checkedName(String text) {
            return name("bind-dn", text).toString();
        }

        private DN name(String property, String text) {
            try {
                DN name = new DN(text);
                if (!name.isNullDN()) {
                    return name;
                }
            } catch (LDAPException e) {
                throw wrong(property, "must be a DN", e);
            }
            throw wrong(property, "must be a DN");
        }

        private Filter filter(String text) {
            try {
                return Filter.create(text);
            } catch (LDAPException e) {
                throw wrong("filter", "must be a filter such as (objectClass=person)", e);
            }
        }

        private Optional<String> value(String property) {
            return config.getOptionalValue(prefix + property, String.class);
        }

        private String required(String property) {
            return value(property).orElseThrow(() -> wrong(property, "is missing"));
        }

        private IllegalStateException wrong(String property, String why) {
            return new IllegalStateException("The property " + prefix + property + " " + why + ".");
        }

        private IllegalStateException wrong(String property, String why, Exception cause) {
            return new IllegalStateException("The property " + prefix + property + " " + why + ".", cause);
        }
    }
}
