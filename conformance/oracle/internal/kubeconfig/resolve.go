package kubeconfig

import (
	"encoding/json"
	"net/http"
	"net/url"

	"k8s.io/apimachinery/pkg/runtime"
	"k8s.io/client-go/tools/clientcmd"
	clientcmdapi "k8s.io/client-go/tools/clientcmd/api"
)

// Overrides are kubectl's flags.
type Overrides struct {
	Context               string              `json:"context"`
	Cluster               string              `json:"cluster"`
	User                  string              `json:"user"`
	Namespace             string              `json:"namespace"`
	Server                string              `json:"server"`
	TLSServerName         string              `json:"tlsServerName"`
	InsecureSkipTLSVerify bool                `json:"insecureSkipTlsVerify"`
	CertificateAuthority  string              `json:"certificateAuthority"`
	ProxyURL              string              `json:"proxyUrl"`
	DisableCompression    bool                `json:"disableCompression"`
	ClientCertificate     string              `json:"clientCertificate"`
	ClientKey             string              `json:"clientKey"`
	Token                 string              `json:"token"`
	As                    string              `json:"as"`
	AsUID                 string              `json:"asUid"`
	AsGroups              []string            `json:"asGroups"`
	AsUserExtra           map[string][]string `json:"asUserExtra"`
	Username              string              `json:"username"`
	Password              string              `json:"password"`
	RequestTimeout        string              `json:"requestTimeout"`
	// What kubectl takes when there is no server at all.
	DefaultServer string `json:"defaultServer"`
}

func (overrides *Overrides) of(root string) *clientcmd.ConfigOverrides {
	return &clientcmd.ConfigOverrides{
		AuthInfo: clientcmdapi.AuthInfo{
			ClientCertificate:    under(root, overrides.ClientCertificate),
			ClientKey:            under(root, overrides.ClientKey),
			Token:                overrides.Token,
			Impersonate:          overrides.As,
			ImpersonateUID:       overrides.AsUID,
			ImpersonateGroups:    overrides.AsGroups,
			ImpersonateUserExtra: overrides.AsUserExtra,
			Username:             overrides.Username,
			Password:             overrides.Password,
		},
		ClusterDefaults: clientcmdapi.Cluster{Server: overrides.DefaultServer},
		ClusterInfo: clientcmdapi.Cluster{
			Server:                overrides.Server,
			TLSServerName:         overrides.TLSServerName,
			InsecureSkipTLSVerify: overrides.InsecureSkipTLSVerify,
			CertificateAuthority:  under(root, overrides.CertificateAuthority),
			ProxyURL:              overrides.ProxyURL,
			DisableCompression:    overrides.DisableCompression,
		},
		Context: clientcmdapi.Context{
			Cluster:   overrides.Cluster,
			AuthInfo:  overrides.User,
			Namespace: overrides.Namespace,
		},
		CurrentContext: overrides.Context,
		Timeout:        overrides.RequestTimeout,
	}
}

// Resolved is what a client would connect with.
type Resolved struct {
	Error  *string `json:"error,omitempty"`
	Failed bool    `json:"failed"`
	// What Namespace() answers, apart from the connection.
	Namespace           string      `json:"namespace"`
	NamespaceOverridden bool        `json:"namespaceOverridden"`
	NamespaceError      *string     `json:"namespaceError,omitempty"`
	Connection          *Connection `json:"connection"`
}

// Connection is rest.Config.
type Connection struct {
	Server             string              `json:"server"`
	ServerName         string              `json:"tlsServerName"`
	Insecure           bool                `json:"insecureSkipTlsVerify"`
	CAFile             string              `json:"certificateAuthority"`
	CAData             []byte              `json:"certificateAuthorityData"`
	ProxyURL           *string             `json:"proxyUrl"`
	DisableCompression bool                `json:"disableCompression"`
	TimeoutNanoseconds int64               `json:"timeoutNanoseconds"`
	As                 string              `json:"as"`
	AsUID              string              `json:"asUid"`
	AsGroups           []string            `json:"asGroups"`
	AsUserExtra        map[string][]string `json:"asUserExtra"`
	Token              string              `json:"token"`
	TokenFile          string              `json:"tokenFile"`
	CertFile           string              `json:"clientCertificate"`
	CertData           []byte              `json:"clientCertificateData"`
	KeyFile            string              `json:"clientKey"`
	KeyData            []byte              `json:"clientKeyData"`
	Username           string              `json:"username"`
	Password           string              `json:"password"`
	AuthProvider       *AuthProvider       `json:"authProvider"`
	Exec               *Exec               `json:"exec"`
}

// AuthProvider is a plugin that client-go has within itself.
type AuthProvider struct {
	Name   string            `json:"name"`
	Config map[string]string `json:"config"`
}

// Exec is a plugin that client-go would run.
type Exec struct {
	Command            string                    `json:"command"`
	Args               []string                  `json:"args"`
	Env                []clientcmdapi.ExecEnvVar `json:"env"`
	APIVersion         string                    `json:"apiVersion"`
	InstallHint        string                    `json:"installHint"`
	ProvideClusterInfo bool                      `json:"provideClusterInfo"`
	InteractiveMode    string                    `json:"interactiveMode"`
	Config             json.RawMessage           `json:"config"`
}

func resolve(question *Question, root string) Resolved {
	answer := Resolved{}
	client := clientcmd.NewNonInteractiveDeferredLoadingClientConfig(
		question.rules(root), question.Overrides.of(root))
	namespace, overridden, err := client.Namespace()
	answer.Namespace, answer.NamespaceOverridden = namespace, overridden
	if err != nil {
		answer.NamespaceError = words(err)
	}
	config, err := client.ClientConfig()
	if err != nil {
		answer.Failed = true
		answer.Error = words(err)
		return answer
	}
	connection := &Connection{
		Server: config.Host, ServerName: config.ServerName, Insecure: config.Insecure,
		CAFile: config.CAFile, CAData: some(config.CAData),
		DisableCompression: config.DisableCompression, TimeoutNanoseconds: int64(config.Timeout),
		As: config.Impersonate.UserName, AsUID: config.Impersonate.UID,
		AsGroups: filled(config.Impersonate.Groups), AsUserExtra: map[string][]string{},
		Token: config.BearerToken, TokenFile: config.BearerTokenFile,
		CertFile: config.CertFile, CertData: some(config.CertData),
		KeyFile: config.KeyFile, KeyData: some(config.KeyData),
		Username: config.Username, Password: config.Password,
	}
	for name, values := range config.Impersonate.Extra {
		connection.AsUserExtra[name] = filled(values)
	}
	if config.Proxy != nil {
		to, err := config.Proxy(&http.Request{URL: &url.URL{Scheme: "https", Host: "example.com"}})
		if err != nil {
			panic(err)
		}
		text := to.String()
		connection.ProxyURL = &text
	}
	if provider := config.AuthProvider; provider != nil {
		connection.AuthProvider = &AuthProvider{Name: provider.Name, Config: map[string]string{}}
		for name, value := range provider.Config {
			connection.AuthProvider.Config[name] = value
		}
	}
	if exec := config.ExecProvider; exec != nil {
		connection.Exec = &Exec{
			Command: exec.Command, Args: filled(exec.Args), Env: filled(exec.Env),
			APIVersion: exec.APIVersion, InstallHint: exec.InstallHint,
			ProvideClusterInfo: exec.ProvideClusterInfo, InteractiveMode: string(exec.InteractiveMode),
		}
		if given, is := exec.Config.(*runtime.Unknown); is {
			connection.Exec.Config = given.Raw
		}
	}
	answer.Connection = connection
	return answer
}

// some is nil for no bytes.
func some(data []byte) []byte {
	if len(data) == 0 {
		return nil
	}
	return data
}

// filled is never nil.
func filled[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}
