"""How gunicorn serves the record: small, quiet, and private in what it writes."""

wsgi_app = "homeward.web.config.wsgi:application"
workers = 2
worker_class = "gthread"
threads = 2
umask = 0o077
loglevel = "warning"
control_socket_disable = True
