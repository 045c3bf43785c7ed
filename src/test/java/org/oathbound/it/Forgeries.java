package org.oathbound.it;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jose.util.Base64URL;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/** Access tokens that somebody has made who knows what everybody may know: a good one, and the public keys. */
final class Forgeries {

    private final SignedJWT good;
    private final RSAKey published;
    private final RSAKey own;
    private final Map<String, String> tokens = new LinkedHashMap<>();

    private Forgeries(SignedJWT good, RSAKey published, RSAKey own) {
        this.good = good;
        this.published = published;
        this.own = own;
    }

    /** By what is wrong with them. */
    static Map<String, String> of(Oathbound oathbound) throws ParseException, JOSEException {
        SignedJWT good = SignedJWT.parse(oathbound.accessToken());
        String kid = good.getHeader().getKeyID();
        Answer keys = oathbound.send(oathbound.request("/" + oathbound.environment() + "/as/jwks"));
        RSAKey published = JWKSet.parse(keys.body()).getKeyByKeyId(kid).toRSAKey();
        RSAKey own = new RSAKeyGenerator(2048).keyID(kid).generate();
        Forgeries forgeries = new Forgeries(good, published, own);
        forgeries.unsigned();
        forgeries.signedByThePublicKey();
        forgeries.signedByAnother();
        forgeries.changed();
        return forgeries.tokens;
    }

    /**
     * The same access token as its hour would end at another time, signed by the service's own key: nothing is wrong with it
     * but perhaps that time.
     *
     * @param keySet of the service, which a test may read
     */
    static String endingAt(Instant end, Oathbound oathbound, Path keySet) throws Exception {
        SignedJWT good = SignedJWT.parse(oathbound.accessToken());
        RSAKey key = JWKSet.load(keySet.toFile())
                .getKeyByKeyId(good.getHeader().getKeyID())
                .toRSAKey();
        SignedJWT token = new SignedJWT(
                good.getHeader(),
                new JWTClaimsSet.Builder(good.getJWTClaimsSet())
                        .issueTime(Date.from(end.minus(Duration.ofHours(1))))
                        .expirationTime(Date.from(end))
                        .build());
        token.sign(new RSASSASigner(key));
        return token.serialize();
    }

    private void unsigned() throws ParseException {
        tokens.put("with alg none", new PlainJWT(good.getJWTClaimsSet()).serialize());
        String payload = good.getPayload().toBase64URL().toString();
        String header = Base64URL.encode("{\"alg\":\"none\",\"typ\":\"at+jwt\",\"kid\":\""
                        + good.getHeader().getKeyID() + "\"}")
                .toString();
        tokens.put("with alg none and a kid", header + "." + payload + ".");
        tokens.put("without its signature", good.getHeader().toBase64URL() + "." + payload + ".");
        tokens.put(
                "with the signature of nothing",
                good.getHeader().toBase64URL() + "." + payload + "."
                        + "A".repeat(good.getSignature().toString().length()));
    }

    /** HS256, with what is public as if it were the secret. */
    private void signedByThePublicKey() throws JOSEException, ParseException {
        Map<String, byte[]> secrets = Map.of(
                "DER", published.toRSAPublicKey().getEncoded(),
                "modulus", published.getModulus().decode(),
                "JWK", published.toJSONString().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, byte[]> secret : secrets.entrySet()) {
            SignedJWT token = new SignedJWT(header(JWSAlgorithm.HS256).build(), good.getJWTClaimsSet());
            token.sign(new MACSigner(secret.getValue()));
            tokens.put("by HS256 with the public key as " + secret.getKey(), token.serialize());
        }
    }

    private void signedByAnother() throws JOSEException, ParseException {
        JWTClaimsSet claims = good.getJWTClaimsSet();
        put("by another key under our kid", header(JWSAlgorithm.RS256), claims);
        put("by another key under its own kid", header(JWSAlgorithm.RS256).keyID("mine"), claims);
        put("by another key without a kid", header(JWSAlgorithm.RS256).keyID(null), claims);
        put("by a key in its header", header(JWSAlgorithm.RS256).jwk(own.toPublicJWK()), claims);
        put("by a key at an address", header(JWSAlgorithm.RS256).jwkURL(URI.create("http://127.0.0.1:1/jwks")), claims);
        put(
                "of another issuer",
                header(JWSAlgorithm.RS256),
                new JWTClaimsSet.Builder(claims)
                        .issuer("https://elsewhere.example.com/as")
                        .build());
        put("by RS512", header(JWSAlgorithm.RS512), claims);
    }

    /** Under the signature that was made for something else. */
    private void changed() throws ParseException {
        JWTClaimsSet claims = good.getJWTClaimsSet();
        tokens.put(
                "of another environment",
                withOurSignature(new JWTClaimsSet.Builder(claims)
                        .claim("env", UUID.randomUUID().toString())
                        .build()));
        tokens.put(
                "of another application",
                withOurSignature(new JWTClaimsSet.Builder(claims)
                        .claim("client_id", UUID.randomUUID().toString())
                        .build()));
        tokens.put(
                "of the host's owner",
                withOurSignature(new JWTClaimsSet.Builder(claims)
                        .claim("break_glass", "please")
                        .build()));
        tokens.put("with something behind it", good.serialize() + "A");
        tokens.put("twice", good.serialize() + "." + good.serialize());
    }

    private JWSHeader.Builder header(JWSAlgorithm algorithm) {
        return new JWSHeader.Builder(algorithm)
                .type(new JOSEObjectType("at+jwt"))
                .keyID(good.getHeader().getKeyID());
    }

    private void put(String name, JWSHeader.Builder header, JWTClaimsSet claims) throws JOSEException {
        SignedJWT token = new SignedJWT(header.build(), claims);
        token.sign(new RSASSASigner(own));
        tokens.put(name, token.serialize());
    }

    private String withOurSignature(JWTClaimsSet claims) {
        return good.getHeader().toBase64URL() + "." + Base64URL.encode(claims.toString()) + "." + good.getSignature();
    }
}
