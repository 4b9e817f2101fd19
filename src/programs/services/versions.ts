/** The versions that the look-alikes say they are: their programs and their images agree. */
export const MYSQL_VERSION = '8.4.4'
export const NGINX_VERSION = '1.27.5'
export const POSTGRES_VERSION = '17.4'
export const RABBITMQ_VERSION = '4.0.7'
export const REDIS_VERSION = '7.4.2'
