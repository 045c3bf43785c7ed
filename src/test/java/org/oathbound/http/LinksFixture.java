package org.oathbound.http;

import jakarta.servlet.http.HttpServletRequest;
import java.lang.reflect.Proxy;
import java.util.Optional;

/** Links of a service at https://oath.example.com, in answers to requests for /here. */
public final class LinksFixture {

    private LinksFixture() {}

    public static Links links() {
        HttpServletRequest request = (HttpServletRequest) Proxy.newProxyInstance(
                LinksFixture.class.getClassLoader(),
                new Class<?>[] {HttpServletRequest.class},
                (proxy, method, arguments) -> method.getName().equals("getRequestURI") ? "/here" : null);
        return new Links(request, new BaseUrl(Optional.of("https://oath.example.com"), new TrustedProxies("")));
    }
}
