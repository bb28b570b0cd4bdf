// Package pki answers questions about certificates and keys with Go's own
// crypto/x509 and crypto/tls, with which every Kubernetes component decides,
// and with the API server's conversion from a certificate to a user.
package pki

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/tls"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"strings"
	"time"

	"kubelogic/conformance/oracle/internal/protocol"
)

// Answer answers every question whose first word is pki.
func Answer(ask string, question []byte) (any, *protocol.Error) {
	switch ask {
	case "pki.inspect":
		return answer(question, inspect)
	case "pki.verify":
		return answer(question, verify)
	case "pki.match":
		return answer(question, match)
	case "pki.identity":
		return answer(question, identity)
	case "pki.chains":
		return answer(question, chains)
	}
	return nil, protocol.Errorf("unknown-ask", "nobody here answers %q", ask)
}

func answer[Q any](question []byte, solve func(Q) (any, *protocol.Error)) (any, *protocol.Error) {
	var q Q
	if err := json.Unmarshal(question, &q); err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	return solve(q)
}

type inspectQuestion struct {
	Text string `json:"text"`
}

type publicKey struct {
	Algorithm string  `json:"algorithm"`
	Bits      int     `json:"bits"`
	Curve     *string `json:"curve"`
}

type certificate struct {
	Line               int        `json:"line"`
	Error              *string    `json:"error"`
	Subject            *string    `json:"subject"`
	Issuer             *string    `json:"issuer"`
	Version            int        `json:"version"`
	Serial             *string    `json:"serial"`
	NotBefore          *string    `json:"notBefore"`
	NotAfter           *string    `json:"notAfter"`
	SignatureAlgorithm *string    `json:"signatureAlgorithm"`
	PublicKey          *publicKey `json:"publicKey"`
	IsCA               bool       `json:"isCa"`
	PathLength         *int       `json:"pathLength"`
	KeyUsages          []string   `json:"keyUsages"`
	ExtendedKeyUsages  []string   `json:"extendedKeyUsages"`
	DNSNames           []string   `json:"dnsNames"`
	IPAddresses        []string   `json:"ipAddresses"`
	EmailAddresses     []string   `json:"emailAddresses"`
	URIs               []string   `json:"uris"`
	SubjectKeyID       string     `json:"subjectKeyId"`
	AuthorityKeyID     string     `json:"authorityKeyId"`
	SHA256             string     `json:"sha256"`
}

func inspect(q inspectQuestion) (any, *protocol.Error) {
	list := []certificate{}
	text := []byte(q.Text)
	rest := text
	for {
		block, after := pem.Decode(rest)
		if block == nil {
			break
		}
		// The block ends where the rest begins; its line is that of the last
		// BEGIN before.
		before := text[:len(text)-len(after)]
		begin := bytes.LastIndex(before, []byte("-----BEGIN "))
		line := 1 + bytes.Count(text[:begin], []byte("\n"))
		rest = after
		if block.Type != "CERTIFICATE" {
			continue
		}
		parsed, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			message := err.Error()
			one := empty(line)
			one.Error = &message
			list = append(list, one)
			continue
		}
		list = append(list, describe(parsed, line))
	}
	return map[string]any{"certificates": list}, nil
}

// empty says nothing about a certificate.
func empty(line int) certificate {
	none := []string{}
	return certificate{
		Line: line, KeyUsages: none, ExtendedKeyUsages: none, DNSNames: none, IPAddresses: none,
		EmailAddresses: none, URIs: none,
	}
}

func describe(c *x509.Certificate, line int) certificate {
	text := func(s string) *string { return &s }
	sum := sha256.Sum256(c.Raw)
	out := empty(line)
	out.Subject = text(c.Subject.String())
	out.Issuer = text(c.Issuer.String())
	out.Version = c.Version
	out.Serial = text(c.SerialNumber.String())
	out.NotBefore = text(c.NotBefore.UTC().Format(time.RFC3339))
	out.NotAfter = text(c.NotAfter.UTC().Format(time.RFC3339))
	out.SignatureAlgorithm = text(c.SignatureAlgorithm.String())
	out.IsCA = c.IsCA
	out.DNSNames = append(out.DNSNames, c.DNSNames...)
	out.EmailAddresses = append(out.EmailAddresses, c.EmailAddresses...)
	out.SubjectKeyID = hex.EncodeToString(c.SubjectKeyId)
	out.AuthorityKeyID = hex.EncodeToString(c.AuthorityKeyId)
	out.SHA256 = hex.EncodeToString(sum[:])
	if c.BasicConstraintsValid && c.MaxPathLen >= 0 {
		length := c.MaxPathLen
		out.PathLength = &length
	}
	switch key := c.PublicKey.(type) {
	case *rsa.PublicKey:
		out.PublicKey = &publicKey{Algorithm: "RSA", Bits: key.N.BitLen()}
	case *ecdsa.PublicKey:
		curve := key.Params().Name
		out.PublicKey = &publicKey{Algorithm: "ECDSA", Bits: key.Params().BitSize, Curve: &curve}
	case ed25519.PublicKey:
		out.PublicKey = &publicKey{Algorithm: "Ed25519", Bits: 256}
	case nil:
	default:
		out.PublicKey = &publicKey{Algorithm: c.PublicKeyAlgorithm.String()}
	}
	for bit, name := range []string{
		"digital signature", "content commitment", "key encipherment", "data encipherment", "key agreement",
		"cert sign", "crl sign", "encipher only", "decipher only",
	} {
		if c.KeyUsage&(1<<bit) != 0 {
			out.KeyUsages = append(out.KeyUsages, name)
		}
	}
	for _, usage := range c.ExtKeyUsage {
		out.ExtendedKeyUsages = append(out.ExtendedKeyUsages, usageNames[usage])
	}
	for _, usage := range c.UnknownExtKeyUsage {
		out.ExtendedKeyUsages = append(out.ExtendedKeyUsages, usage.String())
	}
	for _, address := range c.IPAddresses {
		out.IPAddresses = append(out.IPAddresses, address.String())
	}
	for _, uri := range c.URIs {
		out.URIs = append(out.URIs, uri.String())
	}
	return out
}

var usageNames = map[x509.ExtKeyUsage]string{
	x509.ExtKeyUsageAny:                            "any",
	x509.ExtKeyUsageServerAuth:                     "server auth",
	x509.ExtKeyUsageClientAuth:                     "client auth",
	x509.ExtKeyUsageCodeSigning:                    "code signing",
	x509.ExtKeyUsageEmailProtection:                "email protection",
	x509.ExtKeyUsageIPSECEndSystem:                 "ipsec end system",
	x509.ExtKeyUsageIPSECTunnel:                    "ipsec tunnel",
	x509.ExtKeyUsageIPSECUser:                      "ipsec user",
	x509.ExtKeyUsageTimeStamping:                   "timestamping",
	x509.ExtKeyUsageOCSPSigning:                    "ocsp signing",
	x509.ExtKeyUsageMicrosoftServerGatedCrypto:     "microsoft sgc",
	x509.ExtKeyUsageNetscapeServerGatedCrypto:      "netscape sgc",
	x509.ExtKeyUsageMicrosoftCommercialCodeSigning: "microsoft commercial code signing",
	x509.ExtKeyUsageMicrosoftKernelCodeSigning:     "microsoft kernel code signing",
}

type verifyQuestion struct {
	Certificate   string   `json:"certificate"`
	Intermediates string   `json:"intermediates"`
	Roots         string   `json:"roots"`
	Time          string   `json:"time"`
	Purposes      []string `json:"purposes"`
	Host          string   `json:"host"`
}

func verify(q verifyQuestion) (any, *protocol.Error) {
	refuse := func(cause string, err error) (any, *protocol.Error) {
		return map[string]any{"verified": false, "cause": cause, "message": err.Error()}, nil
	}
	leaf, err := first(q.Certificate)
	if err != nil {
		return nil, protocol.Errorf("pki/certificate", "%v", err)
	}
	now, err := time.Parse(time.RFC3339, q.Time)
	if err != nil {
		return nil, protocol.Errorf("bad-question", "%v", err)
	}
	roots, intermediates := x509.NewCertPool(), x509.NewCertPool()
	roots.AppendCertsFromPEM([]byte(q.Roots))
	intermediates.AppendCertsFromPEM([]byte(q.Intermediates))
	options := x509.VerifyOptions{Roots: roots, Intermediates: intermediates, CurrentTime: now, DNSName: q.Host}
	for _, purpose := range q.Purposes {
		known := false
		for usage, name := range usageNames {
			if name == purpose {
				options.KeyUsages = append(options.KeyUsages, usage)
				known = true
			}
		}
		if !known {
			return nil, protocol.Errorf("bad-question", "no purpose %q", purpose)
		}
	}
	built, err := leaf.Verify(options)
	if err != nil {
		return refuse(cause(err), err)
	}
	list := [][]string{}
	for _, chain := range built {
		names := []string{}
		for _, one := range chain {
			names = append(names, one.Subject.String())
		}
		list = append(list, names)
	}
	return map[string]any{"verified": true, "chains": list}, nil
}

// first is the first CERTIFICATE block of a text.
func first(text string) (*x509.Certificate, error) {
	rest := []byte(text)
	for {
		var block *pem.Block
		block, rest = pem.Decode(rest)
		if block == nil {
			return nil, errors.New("no PEM block of type `CERTIFICATE`")
		}
		if block.Type == "CERTIFICATE" {
			return x509.ParseCertificate(block.Bytes)
		}
	}
}

func cause(err error) string {
	var unknown x509.UnknownAuthorityError
	var invalid x509.CertificateInvalidError
	var host x509.HostnameError
	var unhandled x509.UnhandledCriticalExtension
	switch {
	case errors.As(err, &unknown):
		return "unknown-authority"
	case errors.As(err, &host):
		return "wrong-host"
	case errors.As(err, &unhandled):
		return "unhandled-critical-extension"
	case errors.As(err, &invalid):
		return map[x509.InvalidReason]string{
			x509.Expired:                    "expired",
			x509.NotAuthorizedToSign:        "not-authorized-to-sign",
			x509.TooManyIntermediates:       "too-many-intermediates",
			x509.IncompatibleUsage:          "incompatible-usage",
			x509.NameMismatch:               "name-mismatch",
			x509.CANotAuthorizedForThisName: "name-not-allowed",
			x509.NoValidChains:              "no-valid-chain",
		}[invalid.Reason]
	case strings.Contains(err.Error(), "signature check attempts limit"):
		return "too-many-signatures"
	}
	return ""
}

type matchQuestion struct {
	Certificate string `json:"certificate"`
	Key         string `json:"key"`
}

func match(q matchQuestion) (any, *protocol.Error) {
	result := map[string]any{"matches": true}
	if _, err := tls.X509KeyPair([]byte(q.Certificate), []byte(q.Key)); err != nil {
		result = map[string]any{"matches": false, "message": err.Error()}
	}
	return result, nil
}
