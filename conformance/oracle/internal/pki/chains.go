package pki

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	mathrand "math/rand"
	"net"
	"net/url"
	"sync"
	"time"

	"kubelogic/conformance/oracle/internal/protocol"
)

type chainsQuestion struct {
	Seed  int64 `json:"seed"`
	Count int   `json:"count"`
}

// chains makes questions about generated certificates: trees of good and bad
// ones, and single certificates with changed bytes.
func chains(q chainsQuestion) (any, *protocol.Error) {
	if q.Count < 0 || q.Count > 10000 {
		return nil, protocol.Errorf("bad-question", "count must be 0 to 10000")
	}
	g := &generator{Rand: mathrand.New(mathrand.NewSource(q.Seed))}
	questions := []any{}
	for range q.Count {
		questions = append(questions, g.questions()...)
	}
	return map[string]any{"questions": questions}, nil
}

// keys are made once: making them is slow, and chains need few.
var keys = sync.OnceValue(func() []crypto.Signer {
	list := []crypto.Signer{}
	must := func(key crypto.Signer, err error) {
		if err != nil {
			panic(err)
		}
		list = append(list, key)
	}
	for range 6 {
		must(ecdsa.GenerateKey(elliptic.P256(), rand.Reader))
	}
	for _, curve := range []elliptic.Curve{elliptic.P224(), elliptic.P384(), elliptic.P521()} {
		must(ecdsa.GenerateKey(curve, rand.Reader))
	}
	for _, bits := range []int{1024, 2048, 2050, 3072} {
		must(rsa.GenerateKey(rand.Reader, bits))
	}
	_, key, err := ed25519.GenerateKey(rand.Reader)
	must(key, err)
	return list
})

type generator struct{ *mathrand.Rand }

func (g *generator) one(of ...string) string { return of[g.Intn(len(of))] }

func (g *generator) chance(percent int) bool { return g.Intn(100) < percent }

var now = time.Date(2026, 6, 1, 12, 0, 0, 0, time.UTC)

type node struct {
	certificate *x509.Certificate
	key         crypto.Signer
	pem         string
}

func (g *generator) key() crypto.Signer {
	all := keys()
	if g.chance(75) {
		return all[g.Intn(6)]
	}
	return all[g.Intn(len(all))]
}

func (g *generator) name(common string) pkix.Name {
	name := pkix.Name{CommonName: common}
	for range g.Intn(3) {
		name.Organization = append(name.Organization, g.one("system:masters", "dev", "ops", "a,b", " x ", "#1", ""))
	}
	if g.chance(10) {
		name.ExtraNames = append(name.ExtraNames, pkix.AttributeTypeAndValue{
			Type: asn1.ObjectIdentifier{1, 3, 6, 1, 4, 1, 57683, 2}, Value: g.one("u1", "u-2", "")})
	}
	if g.chance(5) {
		name.ExtraNames = append(name.ExtraNames, pkix.AttributeTypeAndValue{
			Type: asn1.ObjectIdentifier{2, 5, 4, 3}, Value: g.one("second", "", "système")})
	}
	if g.chance(5) {
		name.Country, name.SerialNumber, name.Locality = []string{"DE"}, "7", []string{"Köln"}
	}
	return name
}

func (g *generator) template(common string) *x509.Certificate {
	t := &x509.Certificate{
		SerialNumber: big.NewInt(g.Int63()),
		Subject:      g.name(common),
		NotBefore:    now.Add(-time.Hour),
		NotAfter:     now.Add(time.Hour),
	}
	switch g.Intn(30) {
	case 0:
		t.NotBefore = now.Add(time.Minute)
	case 1:
		t.NotAfter = now.Add(-time.Minute)
	case 2:
		t.NotAfter = time.Date(2050+g.Intn(100), 1, 1, 0, 0, 0, 0, time.UTC)
	case 3:
		t.NotBefore, t.NotAfter = now, now
	}
	return t
}

func (g *generator) authority(common string) *x509.Certificate {
	t := g.template(common)
	t.BasicConstraintsValid, t.IsCA = true, true
	t.KeyUsage = x509.KeyUsageCertSign | x509.KeyUsageDigitalSignature
	switch g.Intn(30) {
	case 0:
		t.IsCA = false
	case 1:
		t.BasicConstraintsValid = false
	case 2:
		t.KeyUsage = x509.KeyUsageDigitalSignature
	case 3:
		t.KeyUsage = 0
	case 4:
		t.MaxPathLen, t.MaxPathLenZero = 0, true
	case 5:
		t.MaxPathLen = 1
	case 6:
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	case 7:
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageAny}
	}
	if g.chance(12) {
		g.constrain(t)
	}
	if g.chance(10) {
		g.policies(t)
	}
	if g.chance(20) {
		t.SubjectKeyId = []byte(g.one("a", "b", "c"))
	}
	return t
}

func (g *generator) domain() string {
	return g.one("a.example.com", "example.com", ".example.com", "b.a.example.com", "EXAMPLE.com", "com", "", "x.test", "*.example.com", "a_b.test")
}

func (g *generator) constrain(t *x509.Certificate) {
	t.PermittedDNSDomainsCritical = g.chance(50)
	network := func() *net.IPNet {
		_, n, _ := net.ParseCIDR(g.one("10.0.0.0/8", "10.1.0.0/16", "0.0.0.0/0", "::/0", "fd00::/8", "10.1.2.3/32", "192.168.0.0/24"))
		return n
	}
	for range 1 + g.Intn(3) {
		switch g.Intn(8) {
		case 0, 1:
			t.PermittedDNSDomains = append(t.PermittedDNSDomains, g.domain())
		case 2:
			t.ExcludedDNSDomains = append(t.ExcludedDNSDomains, g.domain())
		case 3:
			t.PermittedIPRanges = append(t.PermittedIPRanges, network())
		case 4:
			t.ExcludedIPRanges = append(t.ExcludedIPRanges, network())
		case 5:
			t.PermittedEmailAddresses = append(t.PermittedEmailAddresses, g.one("example.com", ".example.com", "a@example.com"))
		case 6:
			t.ExcludedEmailAddresses = append(t.ExcludedEmailAddresses, g.one("example.com", "a@EXAMPLE.com"))
		case 7:
			t.PermittedURIDomains = append(t.PermittedURIDomains, g.domain())
		}
	}
}

func (g *generator) policies(t *x509.Certificate) {
	policy := func() x509.OID {
		oid, _ := x509.OIDFromInts([]uint64{1, 2, uint64(1 + g.Intn(3))})
		if g.chance(20) {
			oid, _ = x509.OIDFromInts([]uint64{2, 5, 29, 32, 0})
		}
		return oid
	}
	seen := map[string]bool{}
	for range g.Intn(3) {
		if oid := policy(); !seen[oid.String()] {
			seen[oid.String()] = true
			t.Policies = append(t.Policies, oid)
		}
	}
	extension := func(last int, value any) {
		der, err := asn1.Marshal(value)
		if err == nil {
			t.ExtraExtensions = append(t.ExtraExtensions, pkix.Extension{Id: asn1.ObjectIdentifier{2, 5, 29, last}, Critical: g.chance(50), Value: der})
		}
	}
	if g.chance(50) {
		type constraints struct {
			Explicit int `asn1:"tag:0,optional,default:-1"`
			Mapping  int `asn1:"tag:1,optional,default:-1"`
		}
		extension(36, constraints{g.Intn(4) - 1, g.Intn(4) - 1})
	}
	if g.chance(30) {
		extension(54, g.Intn(3))
	}
	if g.chance(30) {
		type mapping struct{ Issuer, Subject asn1.ObjectIdentifier }
		small := func() asn1.ObjectIdentifier { return asn1.ObjectIdentifier{1, 2, 1 + g.Intn(3)} }
		extension(33, []mapping{{small(), small()}})
	}
}

func (g *generator) leaf(common string) *x509.Certificate {
	t := g.template(common)
	t.KeyUsage = x509.KeyUsageDigitalSignature | x509.KeyUsageKeyEncipherment
	switch g.Intn(6) {
	case 0:
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}
	case 1, 2:
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth}
	case 3:
		t.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	case 4:
		t.UnknownExtKeyUsage = []asn1.ObjectIdentifier{{1, 2, 3, 4}}
	}
	for range g.Intn(4) {
		switch g.Intn(5) {
		case 0, 1:
			if name := g.domain(); name != "" {
				t.DNSNames = append(t.DNSNames, name)
			}
		case 2:
			t.IPAddresses = append(t.IPAddresses, net.ParseIP(g.one("10.1.2.3", "10.9.9.9", "fd00::1", "::ffff:10.1.2.3", "192.168.0.7")))
		case 3:
			t.EmailAddresses = append(t.EmailAddresses, g.one("a@example.com", "b@x.test", "\"q r\"@example.com", "broken"))
		case 4:
			if uri, err := url.Parse(g.one("spiffe://a.example.com/x", "https://10.1.2.3/", "urn:x:y", "https://u@x.test:8443/p?q#f")); err == nil {
				t.URIs = append(t.URIs, uri)
			}
		}
	}
	if g.chance(10) {
		g.policies(t)
	}
	if g.chance(4) {
		t.ExtraExtensions = append(t.ExtraExtensions, pkix.Extension{
			Id: asn1.ObjectIdentifier{1, 2, 3, 4}, Critical: true, Value: []byte{5, 0}})
	}
	return t
}

// sign makes a certificate, or nothing when Go refuses the template.
func (g *generator) sign(template *x509.Certificate, key crypto.Signer, parent *node) *node {
	issuer, signer := template, key
	if parent != nil {
		issuer, signer = parent.certificate, parent.key
	}
	if g.chance(3) {
		// Somebody else signs in the parent's name.
		signer = g.key()
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer, key.Public(), signer)
	if err != nil {
		return nil
	}
	if g.chance(3) {
		der[len(der)-1-g.Intn(40)] ^= 1 << g.Intn(8)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		return nil
	}
	return &node{parsed, key, encode("CERTIFICATE", der)}
}

func encode(label string, der []byte) string {
	var out bytes.Buffer
	if err := pem.Encode(&out, &pem.Block{Type: label, Bytes: der}); err != nil {
		panic(err)
	}
	return out.String()
}

// questions asks about one tree: verification twice, its identity, the match
// of a key, and inspection of a certificate with changed bytes.
func (g *generator) questions() []any {
	var roots, between string
	parents := []*node{}
	for at := range 1 + g.Intn(2) {
		common := "root"
		if at > 0 {
			common = g.one("root", "other")
		}
		if root := g.sign(g.authority(common), g.key(), nil); root != nil {
			parents = append(parents, root)
			if g.chance(93) {
				roots += root.pem
			}
		}
	}
	for at := range g.Intn(4) {
		if len(parents) == 0 {
			break
		}
		common := g.one("between", "root", string(rune('a'+at)))
		if one := g.sign(g.authority(common), g.key(), parents[g.Intn(len(parents))]); one != nil {
			parents = append(parents, one)
			if g.chance(95) {
				between += one.pem
			}
		}
	}
	var parent *node
	if len(parents) > 0 && g.chance(96) {
		parent = parents[len(parents)-1-g.Intn(min(2, len(parents)))]
	}
	leaf := g.sign(g.leaf(g.one("ann", "system:node:n1", "", "a.example.com")), g.key(), parent)
	if leaf == nil {
		return nil
	}
	if g.chance(3) {
		roots += leaf.pem
	}
	times := []string{"2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z", "2026-06-01T12:00:00Z", "2026-06-01T12:00:00.5Z", "2026-06-01T10:30:00Z", "2060-01-01T00:00:00Z"}
	ask := func(purposes []string, host string) any {
		return map[string]any{
			"ask": "pki.verify", "certificate": leaf.pem, "intermediates": between, "roots": roots,
			"time": times[g.Intn(len(times))], "purposes": purposes, "host": host,
		}
	}
	purposes := [][]string{{}, {"client auth"}, {"server auth", "client auth"}, {"any"}, {"code signing"}}
	host := g.one("", "a.example.com", "A.example.com.", "x.a.example.com", "10.1.2.3", "[fd00::1]", "*.example.com", "a_b.test", "bad host", "::ffff:10.1.2.3")
	key := leaf.key
	if g.chance(30) {
		key = g.key()
	}
	return []any{
		ask(purposes[1+g.Intn(4)], ""),
		ask(purposes[g.Intn(5)], host),
		map[string]any{"ask": "pki.identity", "certificate": leaf.pem},
		map[string]any{"ask": "pki.match", "certificate": leaf.pem, "key": g.private(key)},
		map[string]any{"ask": "pki.inspect", "text": leaf.pem + between},
		map[string]any{"ask": "pki.inspect", "text": g.changed(leaf, parents)},
	}
}

// private encodes a key in one of the usual forms.
func (g *generator) private(key crypto.Signer) string {
	if rsaKey, ok := key.(*rsa.PrivateKey); ok && g.chance(50) {
		return encode("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(rsaKey))
	}
	if ecKey, ok := key.(*ecdsa.PrivateKey); ok && g.chance(50) {
		if der, err := x509.MarshalECPrivateKey(ecKey); err == nil {
			return encode("EC PRIVATE KEY", der)
		}
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		panic(err)
	}
	return encode("PRIVATE KEY", der)
}

// changed is a certificate of the tree with a few bytes changed, taken out or
// doubled.
func (g *generator) changed(leaf *node, parents []*node) string {
	pick := leaf
	if len(parents) > 0 && g.chance(50) {
		pick = parents[g.Intn(len(parents))]
	}
	der := bytes.Clone(pick.certificate.Raw)
	for range 1 + g.Intn(3) {
		at := g.Intn(len(der))
		switch g.Intn(5) {
		case 0:
			der[at] ^= 1 << g.Intn(8)
		case 1:
			der[at] = byte(g.Intn(256))
		case 2:
			der[at]++
		case 3:
			der = append(der[:at], der[at+1:]...)
		case 4:
			der = append(der[:at], append([]byte{byte(g.Intn(256))}, der[at:]...)...)
		}
	}
	return encode("CERTIFICATE", der)
}
